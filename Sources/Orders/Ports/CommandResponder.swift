/// The way out of a command: its reply, its dead letter, or a later try.
package protocol CommandResponder: Sendable {
    /// Sends replies as a courtesy: one that cannot be delivered is counted and forgotten.
    ///
    /// Waits for room while the broker takes replies, and never while it does not.
    func reply(_ replies: [Reply]) async

    /// Sends replies that settle their commands, and waits for the broker's word on each.
    func replyConfirmed(_ replies: [Reply]) async -> [ReplyDelivery]

    /// Sends commands to the dead letters, and waits for the broker's word on each.
    ///
    /// - Returns: for each, whether it is safe there; if not, the command must not be settled.
    func bury(_ letters: [DeadLetter]) async -> [Bool]

    /// Sends commands to wait and come again, and waits for the broker's word on each.
    ///
    /// - Returns: for each, whether it is safe there; if not, the command must not be settled.
    func postpone(_ postponements: [Postponement]) async -> [Bool]
}

/// The answer to one command.
package struct Reply: Sendable {
    package let context: CommandContext
    package let outcome: CommandOutcome

    package init(_ outcome: CommandOutcome, to context: CommandContext) {
        self.outcome = outcome
        self.context = context
    }
}

package enum ReplyDelivery: Sendable, Hashable {
    case delivered
    /// There is no such queue, or none that takes it.
    case undeliverable
    /// It was on its way, and the broker has not said in time: it went away, or the queue or the address is at fault.
    case unknown
    /// It was not sent: the broker is away or takes no messages.
    case unsent
}

/// A command that ends among the dead letters, and why.
package struct DeadLetter: Sendable {
    package let command: IncomingCommand
    package let refusal: Refusal
    package let caller: Caller?

    package init(_ command: IncomingCommand, because refusal: Refusal, caller: Caller?) {
        self.command = command
        self.refusal = refusal
        self.caller = caller
    }

    /// How often it was tried: our own attempts, and where that is why it died, the times that it came back.
    package var attempts: Int {
        let history = command.history
        return refusal.code == .deliveryLimit ? history.attempt - 1 + history.returns : history.attempt
    }
}
