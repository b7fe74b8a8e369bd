/// What is known of earlier tries of a command.
package struct DeliveryHistory: Sendable, Hashable {
    /// The number of this attempt, from 1, by our own count: no sender can set it.
    package let attempt: Int
    /// When the first attempt failed; `nil` if none has.
    package let firstFailure: Timestamp?
    /// How often this delivery went back to the queue unsettled: a worker died, or lost its connection.
    package let returns: Int

    package init(attempt: Int = 1, firstFailure: Timestamp? = nil, returns: Int = 0) {
        self.attempt = attempt
        self.firstFailure = firstFailure
        self.returns = returns
    }

    /// A command that nobody has tried yet.
    package static let new = DeliveryHistory()

    /// It may be what ended the worker.
    package var isSuspect: Bool { RedeliveryRule.isSuspect(returns: returns) }
}
