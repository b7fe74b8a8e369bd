/// A command as the intake read it.
package struct IncomingCommand: Sendable {
    package enum Reading: Sendable {
        case accepted(Command, Caller)
        case refused(Refusal, Caller?)
        /// Neither: what is needed to judge it cannot be had now (the issuer's keys), and that is our outage.
        case undecided(reason: String)
    }

    package let mark: DeliveryMark
    package let context: CommandContext
    package let reading: Reading
    /// The message itself, for the dead letter that it may become.
    package let origin: any CommandOrigin

    package init(mark: DeliveryMark, context: CommandContext, reading: Reading, origin: any CommandOrigin) {
        self.mark = mark
        self.context = context
        self.reading = reading
        self.origin = origin
    }
}

/// The message that a command came in.
///
/// Its kind belongs to the transport; whoever made it can read it.
package protocol CommandOrigin: AnyObject, Sendable {}
