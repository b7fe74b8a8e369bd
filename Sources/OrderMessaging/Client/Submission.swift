internal import AMQP

/// A message on its way to be published, and who waits for what becomes of it.
struct Submission: Sendable {
    /// Makes a message from the connection's user and, if a reply is wanted, from where to send it and under which
    /// correlation id.
    typealias MakeMessage =
        @Sendable (_ user: ShortString?, _ replyTo: ShortString?, _ id: ShortString?) -> OutgoingMessage?

    let id: UInt64
    let make: MakeMessage
    /// How long the reply is waited for once the broker has the message; zero asks for none.
    let wait: Duration
    /// How long the broker may take to confirm.
    let patience: Duration
    /// Nobody needs to know for certain that it was taken, and an alarm of the broker's is not waited out.
    let isQuestion: Bool
    let continuation: CheckedContinuation<ExchangeOutcome, Never>
}
