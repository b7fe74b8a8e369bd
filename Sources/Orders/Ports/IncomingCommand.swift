/// A command as the intake read it.
package struct IncomingCommand: Sendable {
    package enum Reading: Sendable {
        case accepted(Command, Caller)
        case refused(Refusal, Caller?)
        /// Neither: what is needed to judge it cannot be had now (the issuer's keys), and that is our outage.
        case undecided(reason: String)
        /// Not looked into yet: it may be what ends the worker. `CommandIntake.read(_:)` does, once it stands alone.
        case unread
    }

    package let mark: DeliveryMark
    package let context: CommandContext
    package let reading: Reading
    /// The message itself, for the dead letter that it may become.
    package let origin: any CommandOrigin
    package let history: DeliveryHistory

    package init(
        mark: DeliveryMark,
        context: CommandContext,
        reading: Reading,
        origin: any CommandOrigin,
        history: DeliveryHistory = .new
    ) {
        self.mark = mark
        self.context = context
        self.reading = reading
        self.origin = origin
        self.history = history
    }

    /// About how many bytes it holds, and its answer may hold: this bounds a batch besides its count.
    package var weight: Int {
        switch reading {
        case .accepted(.list(let list), _): min(ListOrders.pageByteLimit, list.limit * 4096)
        case .accepted(.get, _): 32 * 1024
        default: origin.byteCount
        }
    }

    /// The same command, read otherwise.
    package func reading(_ reading: Reading) -> IncomingCommand {
        IncomingCommand(mark: mark, context: context, reading: reading, origin: origin, history: history)
    }
}

/// The message that a command came in.
///
/// Its kind belongs to the transport; whoever made it can read it.
package protocol CommandOrigin: AnyObject, Sendable {
    /// How much of memory the message's body takes.
    var byteCount: Int { get }
}
