/// What became of a published message.
package enum PublishOutcome: Sendable, Hashable {
    /// The broker has taken responsibility.
    case confirmed
    /// No queue took it, and it was mandatory.
    case returned(replyCode: UInt16, text: String)
    /// The broker refused it, as a full queue does. Publishing it again may succeed.
    case nacked
    /// It may have arrived or not: the connection was lost, or the deadline passed, before the confirm.
    case unknown
    /// It was never written: there was no connection, no room, or an alarm until the deadline.
    case unsent
    /// Its properties do not fit into a frame, so that it can never be sent.
    case tooLarge

    package var isConfirmed: Bool { self == .confirmed }
}
