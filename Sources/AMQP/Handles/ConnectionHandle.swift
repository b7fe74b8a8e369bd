internal import CRabbitMQ
internal import Glibc

/// Owns a connection of librabbitmq, with channel 1 the only one in use.
///
/// librabbitmq wants serial use, not a certain thread ("You cannot share a socket, an amqp_connection_state_t, or a
/// channel between threads", README.md, Threading; rabbitmq-c issue 406): it is opened on one thread and then handed
/// over for good. Not `Sendable`, so that the compiler sees to it.
struct ConnectionHandle: ~Copyable {
    let raw: amqp_connection_state_t
    let isTLS: Bool
    /// Set once connected.
    let descriptor: Int32

    /// Resolves, connects and does the TLS handshake.
    ///
    /// Blocks for at most the connect timeout, once the name is resolved.
    init(to endpoint: Endpoint, settings: ConnectionSettings) throws(AMQPError) {
        guard let raw = amqp_new_connection() else { throw AMQPError(.resourceExhausted, "out of memory") }
        do throws(AMQPError) {
            let socket = try Self.makeSocket(raw, endpoint: endpoint, tls: settings.tls)
            var timeout = timeval(settings.connectTimeout(for: endpoint))
            let status = amqp_socket_open_noblock(socket, endpoint.host, Int32(endpoint.port), &timeout)
            guard status == 0 else { throw Self.connectError(status) }
        } catch {
            amqp_destroy_connection(raw)
            throw error
        }
        self.raw = raw
        isTLS = endpoint.isTLS
        descriptor = amqp_get_sockfd(raw)
    }

    deinit {
        amqp_destroy_connection(raw)
    }

    private static func connectError(_ status: Int32) -> AMQPError {
        let code = AMQPError.code(forStatus: status)
        let error = AMQPError(status: status, "connect")
        return code == .tlsFailed ? error : AMQPError(.connectFailed, error.message)
    }

    private static func makeSocket(
        _ raw: amqp_connection_state_t,
        endpoint: Endpoint,
        tls: TLSFiles
    ) throws(AMQPError) -> OpaquePointer {
        guard let socket = endpoint.isTLS ? amqp_ssl_socket_new(raw) : amqp_tcp_socket_new(raw) else {
            throw AMQPError(.resourceExhausted, "out of memory, or OpenSSL cannot be set up")
        }
        guard endpoint.isTLS else { return socket }
        amqp_ssl_socket_set_verify_peer(socket, 1)
        amqp_ssl_socket_set_verify_hostname(socket, 1)
        guard amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST) == 0 else {
            throw AMQPError(.tlsFailed, "TLS 1.2 is not available")
        }
        guard amqp_ssl_socket_set_cacert(socket, tls.authorities) == 0 else {
            throw AMQPError(.tlsFailed, "cannot use the authorities in \(tls.authorities)")
        }
        if let certificate = tls.certificate, let key = tls.key {
            guard amqp_ssl_socket_set_key(socket, certificate, key) == 0 else {
                throw AMQPError(.tlsFailed, "cannot use the certificate \(certificate) with the key \(key)")
            }
        }
        return socket
    }

    /// Checks the reply of a synchronous call.
    func check(_ reply: amqp_rpc_reply_t, _ context: String) throws(AMQPError) {
        switch reply.reply_type {
        case AMQP_RESPONSE_NORMAL:
            return
        case AMQP_RESPONSE_SERVER_EXCEPTION:
            switch reply.reply.id {
            case MethodID.connectionClose:
                let close = reply.reply.decoded.load(as: amqp_connection_close_t.self)
                throw AMQPError(closedWith: close.reply_code, text: String(close.reply_text), isChannel: false)
            case MethodID.channelClose:
                let close = reply.reply.decoded.load(as: amqp_channel_close_t.self)
                throw AMQPError(closedWith: close.reply_code, text: String(close.reply_text), isChannel: true)
            default:
                throw AMQPError(.protocolViolation, "\(context): unexpected method \(reply.reply.id)")
            }
        case AMQP_RESPONSE_LIBRARY_EXCEPTION:
            throw AMQPError(status: reply.library_error, context)
        default:
            throw AMQPError(.connectionClosed, "\(context): the connection ended")
        }
    }
}

extension timeval {
    init(_ duration: Duration) {
        let (seconds, attoseconds) = max(duration, .zero).components
        self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
