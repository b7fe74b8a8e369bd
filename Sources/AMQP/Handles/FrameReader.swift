internal import CRabbitMQ
internal import Glibc

/// Reads frames through librabbitmq and makes Swift values of them.
struct FrameReader {
    enum Reading {
        /// Everything that had arrived is read: only now may the descriptor be polled.
        case nothing
        /// A frame that is no news by itself.
        case frame
        case news(Inbound)
        case flow(isActive: Bool)
        case channelClosed(AMQPError)
        case connectionClosed(AMQPError)
        /// Our own close was confirmed.
        case closeConfirmed
    }

    private var assembler: FrameAssembler
    /// The names of the last message: the next one mostly has the same.
    private var exchange = ShortString.empty
    private var routingKey = ShortString.empty

    init(epoch: UInt64, bodyLimit: Int) {
        assembler = FrameAssembler(epoch: epoch, bodyLimit: bodyLimit)
    }

    /// Reads one frame, without waiting.
    ///
    /// librabbitmq looks into its queue, its buffer, the TLS session and the socket, in this order.
    mutating func next(
        from handle: borrowing ConnectionHandle,
        at now: ContinuousClock.Instant
    ) throws(AMQPError) -> Reading {
        var frame = amqp_frame_t()
        var immediately = timeval()
        let status = amqp_simple_wait_frame_noblock(handle.raw, &frame, &immediately)
        guard status == AMQP_STATUS_OK.rawValue else {
            if status == AMQP_STATUS_TIMEOUT.rawValue { return .nothing }
            throw AMQPError(status: status, "read")
        }
        let reading = try read(frame, at: now)
        // The frame's memory is the channel's pool, which grows until it is told that all is copied.
        amqp_maybe_release_buffers_on_channel(handle.raw, frame.channel)
        return reading
    }

    private mutating func read(_ frame: amqp_frame_t, at now: ContinuousClock.Instant) throws(AMQPError) -> Reading {
        switch Int32(frame.frame_type) {
        case AMQP_FRAME_METHOD:
            return try readMethod(frame.payload.method)
        case AMQP_FRAME_HEADER:
            let raw = frame.payload.properties.raw
            guard let properties = MessageProperties(encoded: [UInt8](raw)[...]) else {
                throw AMQPError(.protocolViolation, "the broker sent properties that are cut off")
            }
            let byteCount = frame.payload.properties.body_size
            return Self.reading(try assembler.headerReceived(byteCount: byteCount, properties: properties, at: now))
        case AMQP_FRAME_BODY:
            let fragment = frame.payload.body_fragment
            let bytes = UnsafeRawBufferPointer(start: fragment.bytes, count: fragment.bytes == nil ? 0 : fragment.len)
            return Self.reading(try assembler.bodyReceived(bytes, at: now))
        case AMQP_FRAME_HEARTBEAT:
            return .frame
        default:
            throw AMQPError(.protocolViolation, "the broker sent a frame of type \(frame.frame_type)")
        }
    }

    private static func reading(_ message: Inbound?) -> Reading {
        message.map(Reading.news) ?? .frame
    }

    private mutating func readMethod(_ method: amqp_method_t) throws(AMQPError) -> Reading {
        guard let arguments = method.decoded else {
            throw AMQPError(.protocolViolation, "the broker sent a method without arguments")
        }
        switch method.id {
        case MethodID.basicDeliver:
            let deliver = arguments.load(as: amqp_basic_deliver_t.self)
            remember(exchange: deliver.exchange, routingKey: deliver.routing_key)
            try assembler.started(
                .delivery(
                    number: deliver.delivery_tag,
                    isRedelivered: deliver.redelivered != 0,
                    exchange: exchange,
                    routingKey: routingKey
                )
            )
            return .frame
        case MethodID.basicReturn:
            let returned = arguments.load(as: amqp_basic_return_t.self)
            remember(exchange: returned.exchange, routingKey: returned.routing_key)
            try assembler.started(
                .returned(
                    code: returned.reply_code,
                    text: String(returned.reply_text),
                    exchange: exchange,
                    routingKey: routingKey
                )
            )
            return .frame
        case MethodID.basicAck:
            let ack = arguments.load(as: amqp_basic_ack_t.self)
            return .news(.acknowledged(ack.delivery_tag, multiple: ack.multiple != 0))
        case MethodID.basicNack:
            let nack = arguments.load(as: amqp_basic_nack_t.self)
            return .news(.negativelyAcknowledged(nack.delivery_tag, multiple: nack.multiple != 0))
        case MethodID.basicCancel:
            return .news(.consumerCancelled)
        case MethodID.basicCancelOK:
            return .news(.consumerStopped)
        default:
            return try readConnectionMethod(method.id, arguments)
        }
    }

    private func readConnectionMethod(
        _ id: UInt32,
        _ arguments: UnsafeMutableRawPointer
    ) throws(AMQPError) -> Reading {
        switch id {
        case MethodID.connectionBlocked:
            let blocked = arguments.load(as: amqp_connection_blocked_t.self)
            return .news(.blocked(reason: String(blocked.reason)))
        case MethodID.connectionUnblocked:
            return .news(.unblocked)
        case MethodID.channelFlow:
            return .flow(isActive: arguments.load(as: amqp_channel_flow_t.self).active != 0)
        case MethodID.channelClose:
            let close = arguments.load(as: amqp_channel_close_t.self)
            return .channelClosed(
                AMQPError(closedWith: close.reply_code, text: String(close.reply_text), isChannel: true)
            )
        case MethodID.connectionClose:
            let close = arguments.load(as: amqp_connection_close_t.self)
            return .connectionClosed(
                AMQPError(closedWith: close.reply_code, text: String(close.reply_text), isChannel: false)
            )
        case MethodID.connectionCloseOK:
            return .closeConfirmed
        default:
            throw AMQPError(.protocolViolation, "the broker sent the method \(id >> 16).\(id & 0xFFFF)")
        }
    }

    private mutating func remember(exchange newExchange: amqp_bytes_t, routingKey newKey: amqp_bytes_t) {
        if !exchange.equals(newExchange) { exchange = ShortString(newExchange) }
        if !routingKey.equals(newKey) { routingKey = ShortString(newKey) }
    }
}
