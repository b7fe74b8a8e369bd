internal import CRabbitMQ

/// Calls that the broker refuses in any case, so that nothing comes of them but the reason: whoever may do it is told of
/// a wrong argument (406), whoever may not of that (403).
///
/// Source: RabbitMQ 3.10 to 4.x, `rabbit_channel.erl`, which checks permissions before arguments, and
/// `rabbit_amqqueue.erl`, `check_consume_arguments`.
extension ConnectionHandle {
    /// Would consume, with a priority that is no number.
    func consumeInVain(_ queue: ShortString) throws(AMQPError) {
        // What an unknown broker delivers all the same is one message, which goes back with the channel.
        try setPrefetch(1)
        try PoolHandle.with { pool throws(AMQPError) in
            _ = amqp_basic_consume(
                raw,
                FrameEncoder.channel,
                pool.bytes(queue),
                amqp_empty_bytes,
                0,
                0,
                0,
                try pool.table(["x-priority": .text("none")])
            )
        }
        try check(amqp_get_rpc_reply(raw), "consume \(queue)")
    }

    /// Would publish, with an expiration that is no number; the answer is to the next call.
    func publishInVain(_ exchange: ShortString) throws(AMQPError) {
        let status = PoolHandle.with { pool in
            var properties = amqp_basic_properties_t()
            properties._flags = amqp_flags_t(1 << 8)  // AMQP_BASIC_EXPIRATION_FLAG
            properties.expiration = pool.bytes("never" as ShortString)
            return amqp_basic_publish(
                raw,
                FrameEncoder.channel,
                pool.bytes(exchange),
                amqp_empty_bytes,
                0,
                0,
                &properties,
                amqp_empty_bytes
            )
        }
        guard status >= 0 else { throw AMQPError(status: status, "publish to \(exchange)") }
        try setPrefetch(1)
    }
}
