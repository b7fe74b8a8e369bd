/// What went wrong with a connection, a channel or an argument.
package struct AMQPError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable, Hashable, CaseIterable {
        /// No endpoint could be reached or finished the handshake.
        case connectFailed
        /// The TLS handshake failed, or the peer's certificate was refused.
        case tlsFailed
        /// The broker refused the credentials.
        case authenticationRefused
        /// The user may not do this, or the virtual host is not his (403, 530).
        case accessRefused
        /// A queue or exchange does not exist (404).
        case notFound
        /// A queue is another connection's exclusive one (405).
        case resourceLocked
        /// Something exists with other properties, or a tag or property was refused (406).
        case preconditionFailed
        /// The connection ended: closed by the broker, or by the network.
        case connectionClosed
        /// The broker closed the channel for another reason than those above.
        case channelClosed
        /// The broker cancelled the consumer: its queue was deleted or lost its leader.
        case consumerCancelled
        /// Nothing came from the peer for two heartbeat intervals.
        case heartbeatMissed
        /// The peer sent what the protocol does not allow there.
        case protocolViolation
        /// A deadline passed.
        case timedOut
        /// The task was cancelled.
        case cancelled
        /// Not connected, or closed by ourselves.
        case notConnected
        /// The broker or this process lacks a resource.
        case resourceExhausted
        /// An argument or setting cannot be used.
        case invalidArgument
    }

    package let code: Code
    /// The library's or the broker's own words; never a payload or a password.
    package let message: String
    /// The AMQP reply code, such as 320, 404 or 406, where the broker gave one.
    package let replyCode: UInt16?
    package let file: StaticString
    package let line: UInt

    package init(
        _ code: Code,
        _ message: String,
        replyCode: UInt16? = nil,
        file: StaticString = #fileID,
        line: UInt = #line
    ) {
        self.code = code
        self.message = message
        self.replyCode = replyCode
        self.file = file
        self.line = line
    }

    /// The same attempt may succeed later without anyone changing a setting.
    package var isRetryable: Bool {
        switch code {
        case .connectFailed, .connectionClosed, .channelClosed, .consumerCancelled, .heartbeatMissed,
            .protocolViolation, .timedOut, .notConnected, .resourceExhausted, .resourceLocked, .notFound:
            true
        case .tlsFailed, .authenticationRefused, .accessRefused, .preconditionFailed, .cancelled, .invalidArgument:
            false
        }
    }

    package var description: String {
        let reply = replyCode.map { " (\($0))" } ?? ""
        return "\(code)\(reply): \(message) [\(file):\(line)]"
    }
}
