internal import CRabbitMQ

extension AMQPError {
    /// Maps a negative status of librabbitmq.
    ///
    /// - Parameter context: what was being done, such as "login".
    /// Source: `amqp.h`, `amqp_status_enum`.
    init(status: Int32, _ context: String, file: StaticString = #fileID, line: UInt = #line) {
        let words = amqp_error_string2(status).map { String(cString: $0) } ?? "unknown error"
        self.init(
            Self.code(forStatus: status),
            "\(context): \(words) (librabbitmq status \(status))",
            file: file,
            line: line
        )
    }

    /// The code of a status.
    ///
    /// One that only a later version of the library knows counts as a lost connection; its number is in the message.
    static func code(forStatus status: Int32) -> Code {
        knownCode(forStatus: status) ?? .connectionClosed
    }

    static func knownCode(forStatus status: Int32) -> Code? {
        switch amqp_status_enum(rawValue: status) {
        case AMQP_STATUS_HOSTNAME_RESOLUTION_FAILED, AMQP_STATUS_TCP_ERROR, AMQP_STATUS_TCP_SOCKETLIB_INIT_ERROR:
            .connectFailed
        case AMQP_STATUS_SSL_ERROR, AMQP_STATUS_SSL_HOSTNAME_VERIFY_FAILED, AMQP_STATUS_SSL_PEER_VERIFY_FAILED,
            AMQP_STATUS_SSL_CONNECTION_FAILED, AMQP_STATUS_SSL_SET_ENGINE_FAILED:
            .tlsFailed
        case AMQP_STATUS_BROKER_UNSUPPORTED_SASL_METHOD:
            .authenticationRefused
        case AMQP_STATUS_BAD_AMQP_DATA, AMQP_STATUS_UNKNOWN_CLASS, AMQP_STATUS_UNKNOWN_METHOD,
            AMQP_STATUS_INCOMPATIBLE_AMQP_VERSION, AMQP_STATUS_WRONG_METHOD, AMQP_STATUS_UNEXPECTED_STATE:
            .protocolViolation
        case AMQP_STATUS_CONNECTION_CLOSED, AMQP_STATUS_SOCKET_ERROR, AMQP_STATUS_SOCKET_CLOSED,
            AMQP_STATUS_SOCKET_INUSE:
            .connectionClosed
        case AMQP_STATUS_HEARTBEAT_TIMEOUT:
            .heartbeatMissed
        case AMQP_STATUS_TIMEOUT:
            .timedOut
        case AMQP_STATUS_NO_MEMORY, AMQP_STATUS_TIMER_FAILURE:
            .resourceExhausted
        case AMQP_STATUS_BAD_URL, AMQP_STATUS_INVALID_PARAMETER, AMQP_STATUS_TABLE_TOO_BIG, AMQP_STATUS_UNSUPPORTED:
            .invalidArgument
        default:
            nil
        }
    }

    /// Maps the reply code with which the broker closed a channel or a connection.
    ///
    /// Source: AMQP 0-9-1 §1.2, constants; `amqp_framing.h`.
    static func code(forReply reply: UInt16, isChannel: Bool) -> Code {
        switch Int32(reply) {
        case AMQP_ACCESS_REFUSED, AMQP_NOT_ALLOWED: .accessRefused
        case AMQP_NOT_FOUND: .notFound
        case AMQP_RESOURCE_LOCKED: .resourceLocked
        case AMQP_PRECONDITION_FAILED: .preconditionFailed
        case AMQP_RESOURCE_ERROR: .resourceExhausted
        case AMQP_FRAME_ERROR, AMQP_SYNTAX_ERROR, AMQP_COMMAND_INVALID, AMQP_CHANNEL_ERROR, AMQP_UNEXPECTED_FRAME:
            .protocolViolation
        default: isChannel ? .channelClosed : .connectionClosed
        }
    }

    /// The broker closed the channel or the connection.
    init(closedWith reply: UInt16, text: String, isChannel: Bool, file: StaticString = #fileID, line: UInt = #line) {
        self.init(
            Self.code(forReply: reply, isChannel: isChannel),
            "broker closed the \(isChannel ? "channel" : "connection"): \(text)",
            replyCode: reply,
            file: file,
            line: line
        )
    }
}
