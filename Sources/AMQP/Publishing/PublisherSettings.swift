/// How a publisher publishes, and its limits.
package struct PublisherSettings: Sendable {
    /// Where answers to what is published arrive, if on the same channel.
    package enum ReplySource: Sendable {
        /// `amq.rabbitmq.reply-to`: no queue to declare, replies are lost with the connection.
        case direct
        /// A queue of this connection alone, named by the broker.
        case exclusiveQueue
    }

    /// The broker confirms each message.
    ///
    /// Without, `publish` can vouch for nothing and `send` is what to use.
    package var confirms = true
    /// How many messages may be unconfirmed; beyond it callers wait.
    ///
    /// Defaults to 10 000.
    package var windowSize = 10_000
    /// How long `publish` waits at most for its confirms.
    ///
    /// Defaults to 10 seconds.
    package var publishTimeout = Duration.seconds(10)
    /// How many messages `send` keeps while they cannot be written.
    ///
    /// Defaults to 10 000.
    package var sendBufferLimit = 10_000
    /// How many bytes of bodies `send` keeps meanwhile; one message may exceed it.
    ///
    /// Defaults to 16 MiB.
    package var sendBufferByteLimit = 16 << 20
    /// How long `send` waits for room while the connection works.
    ///
    /// Defaults to 5 seconds.
    package var sendTimeout = Duration.seconds(5)
    package var replySource: ReplySource?
    package var backoff = Backoff()

    package init() {}
}
