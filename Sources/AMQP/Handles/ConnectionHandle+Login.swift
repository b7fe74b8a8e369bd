internal import CRabbitMQ
internal import Glibc

extension ConnectionHandle {
    /// Logs in, opens channel 1, and takes the heartbeats out of librabbitmq's hands.
    ///
    /// Blocks for at most the connect timeout each for login and channel.
    ///
    /// - Returns: the negotiated heartbeat.
    func login(to endpoint: Endpoint, settings: ConnectionSettings) throws(AMQPError) -> Duration {
        var timeout = timeval(settings.connectTimeout(for: endpoint))
        amqp_set_handshake_timeout(raw, &timeout)
        var callTimeout = timeval(settings.callTimeout)
        amqp_set_rpc_timeout(raw, &callTimeout)

        let wanted = Int32(clamping: (endpoint.heartbeat ?? settings.heartbeat).components.seconds)
        let reply = try PoolHandle.with { pool throws(AMQPError) in
            var properties = try pool.table(Self.clientProperties(settings))
            return switch endpoint.mechanism {
            case .plain:
                orderbus_login_plain(
                    raw,
                    endpoint.virtualHost,
                    Self.frameMax,
                    max(1, wanted),
                    &properties,
                    endpoint.user,
                    endpoint.password
                )
            case .external:
                orderbus_login_external(raw, endpoint.virtualHost, Self.frameMax, max(1, wanted), &properties)
            }
        }
        do throws(AMQPError) {
            try check(reply, "login")
        } catch  where error.replyCode == UInt16(AMQP_ACCESS_REFUSED) {
            throw AMQPError(.authenticationRefused, error.message, replyCode: error.replyCode)
        } catch {
            throw error
        }

        let heartbeat = amqp_get_heartbeat(raw)
        // From here on the library must write nothing by itself: a heartbeat of its own could come in the middle of
        // a frame that our own, partial write has begun, and would wait for room without a limit.
        let status = amqp_tune_connection(raw, amqp_get_channel_max(raw), amqp_get_frame_max(raw), 0)
        guard status == 0 else { throw AMQPError(status: status, "tune") }

        _ = amqp_channel_open(raw, FrameEncoder.channel)
        try check(amqp_get_rpc_reply(raw), "open channel")
        return .seconds(max(1, heartbeat))
    }

    /// What we ask for; the broker may lower it, and before login accepts no more than 4096 or 8192.
    private static let frameMax: Int32 = 131_072

    /// The negotiated size of the largest frame, in bytes.
    var frameMax: Int { max(4096, Int(amqp_get_frame_max(raw))) }

    private static func clientProperties(_ settings: ConnectionSettings) -> FieldTable {
        // Without these the broker neither tells of a deleted queue nor of an alarm.
        let capabilities: FieldTable = [
            "authentication_failure_close": .bool(true),
            "basic.nack": .bool(true),
            "connection.blocked": .bool(true),
            "consumer_cancel_notify": .bool(true),
            "publisher_confirms": .bool(true),
        ]
        return [
            "product": .text(settings.product),
            "version": .text(settings.version),
            "platform": .text("Swift"),
            "connection_name": .text(settings.connectionName),
            "capabilities": .table(capabilities),
        ]
    }
}
