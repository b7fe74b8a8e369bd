internal import CRabbitMQ

/// Calls that wait for the broker's answer, for at most the call timeout, and block meanwhile.
///
/// Source: AMQP 0-9-1 §1.7 (queue), §1.8 (basic), RabbitMQ's confirm.select.
extension ConnectionHandle {
    private var channel: UInt16 { FrameEncoder.channel }

    func setPrefetch(_ count: UInt16) throws(AMQPError) {
        _ = amqp_basic_qos(raw, channel, 0, count, 0)
        try check(amqp_get_rpc_reply(raw), "qos")
    }

    func selectConfirms() throws(AMQPError) {
        _ = amqp_confirm_select(raw, channel)
        try check(amqp_get_rpc_reply(raw), "confirm.select")
    }

    /// - Returns: the consumer's tag, which the broker makes up.
    func consume(_ queue: ShortString, withoutAcknowledgement: Bool) throws(AMQPError) -> ShortString {
        let consumed = PoolHandle.with { pool in
            amqp_basic_consume(
                raw,
                channel,
                pool.bytes(queue),
                amqp_empty_bytes,
                0,
                withoutAcknowledgement ? 1 : 0,
                0,
                amqp_empty_table
            )
        }
        try check(amqp_get_rpc_reply(raw), "consume \(queue)")
        return consumed.map { ShortString($0.pointee.consumer_tag) } ?? .empty
    }

    /// Declares a queue, or only asks for it.
    func declare(_ queue: QueueDeclaration) throws(AMQPError) -> QueueState {
        let declared = try PoolHandle.with { pool throws(AMQPError) in
            amqp_queue_declare(
                raw,
                channel,
                pool.bytes(queue.name),
                queue.isPassive ? 1 : 0,
                queue.isDurable ? 1 : 0,
                queue.isExclusive ? 1 : 0,
                queue.isAutoDeleted ? 1 : 0,
                try pool.table(queue.arguments)
            )
        }
        try check(amqp_get_rpc_reply(raw), "declare queue \(queue.name)")
        guard let state = declared?.pointee else { throw AMQPError(.protocolViolation, "no answer to queue.declare") }
        return QueueState(
            name: ShortString(state.queue),
            messageCount: state.message_count,
            consumerCount: state.consumer_count
        )
    }

    func bind(_ queue: ShortString, to exchange: ShortString, routingKey: ShortString) throws(AMQPError) {
        _ = PoolHandle.with { pool in
            amqp_queue_bind(
                raw,
                channel,
                pool.bytes(queue),
                pool.bytes(exchange),
                pool.bytes(routingKey),
                amqp_empty_table
            )
        }
        try check(amqp_get_rpc_reply(raw), "bind \(queue) to \(exchange)")
    }

    /// - Returns: how many messages were thrown away.
    func purge(_ queue: ShortString) throws(AMQPError) -> UInt32 {
        let purged = PoolHandle.with { pool in amqp_queue_purge(raw, channel, pool.bytes(queue)) }
        try check(amqp_get_rpc_reply(raw), "purge \(queue)")
        return purged?.pointee.message_count ?? 0
    }

    /// - Returns: how many messages went with it.
    func delete(_ queue: ShortString) throws(AMQPError) -> UInt32 {
        let deleted = PoolHandle.with { pool in amqp_queue_delete(raw, channel, pool.bytes(queue), 0, 0) }
        try check(amqp_get_rpc_reply(raw), "delete \(queue)")
        return deleted?.pointee.message_count ?? 0
    }
}
