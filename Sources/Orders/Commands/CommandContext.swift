/// What accompanies a command from its sender to its reply, event and log line.
package struct CommandContext: Sendable, Hashable {
    /// The command as its sender named it, known or not; cut to 255 bytes.
    package let command: String
    /// Well-formed as `^[A-Za-z0-9._~-]{8,128}$`: the sender's, or one of our own.
    package let requestID: String
    /// Where to answer.
    ///
    /// `nil` is fire and forget. The bytes as they came: a broker's name need not be UTF-8.
    package let replyTo: [UInt8]?
    /// At most 255 bytes, returned untouched.
    package let correlationID: [UInt8]?
    /// W3C trace context, if it was well-formed.
    package let traceparent: String?
    package let tracestate: String?
    /// When the sender says it sent the command, in seconds since 1970; to be shown, not trusted.
    package let sentAt: UInt64?

    package init(
        command: String,
        requestID: String,
        replyTo: [UInt8]?,
        correlationID: [UInt8]?,
        traceparent: String?,
        tracestate: String?,
        sentAt: UInt64?
    ) {
        self.command = command
        self.requestID = requestID
        self.replyTo = replyTo
        self.correlationID = correlationID
        self.traceparent = traceparent
        self.tracestate = tracestate
        self.sentAt = sentAt
    }
}
