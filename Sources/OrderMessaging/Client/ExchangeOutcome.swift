package import Orders

/// What became of a message that was sent with a reply in mind.
package enum ExchangeOutcome: Sendable, Hashable {
    case replied(BusReply)
    /// The broker has it; the reply did not come in time or was not asked for.
    case confirmed
    /// No queue took it.
    case returned
    /// Its queue refused it, as a full one does.
    case nacked
    /// Its properties fit into no frame.
    case tooLarge
    /// It could not be put into AMQP's terms.
    case notMade
    case notConnected
    /// Never written.
    case unsent
    /// Too many wait for replies.
    case overloaded
    /// The broker ended the channel over the message's exchange, which is not there or not for this user; its own words.
    case refused(reason: String)
    /// The connection was lost before the broker's word.
    case unknown
}
