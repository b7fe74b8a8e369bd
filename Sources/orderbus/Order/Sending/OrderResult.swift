package import Orders

/// What became of one order of the input.
package struct OrderResult: Sendable, Equatable {
    package let line: OrderLine
    /// What was sent, with the key, on one line; what was read where nothing could be sent.
    package let text: [UInt8]
    /// Nil where the order never had one.
    package let key: String?
    /// The worker's reply; nil where there is none.
    package let reply: BusReply?
    /// Nil where the order is done.
    package let failure: CommandFailure?

    package init(line: OrderLine, text: [UInt8], key: String?, reply: BusReply?, failure: CommandFailure?) {
        self.line = line
        self.text = text
        self.key = key
        self.reply = reply
        self.failure = failure
    }

    /// It failed for want of a connection.
    package var isLostToTheBus: Bool { failure?.code == "NOT_SENT" || failure?.code == "OUTCOME_UNKNOWN" }
}
