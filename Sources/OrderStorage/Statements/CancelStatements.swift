internal import Orders
internal import Postgres

/// Cancels orders: lock and look, decide outside, write.
enum CancelStatements {
    /// Locks in the order of the ids, so that two batches cannot wait for each other.
    static let lock = Statement(
        "orders_lock",
        parameters: [.uuidArray, .textArray],
        """
        SELECT orders.id, orders.tenant, orders.status, orders.version, orders.created_at, orders.updated_at
        FROM orders JOIN unnest($1, $2) AS wanted (id, tenant) USING (id, tenant)
        ORDER BY orders.id
        FOR NO KEY UPDATE OF orders
        """
    )

    /// Which of the orders still have an event in the outbox.
    ///
    /// A statement of its own, so that it sees what those have left behind that `lock` has waited for.
    static let staged = Statement(
        "outbox_staged",
        parameters: [.uuidArray],
        "SELECT DISTINCT order_id FROM outbox WHERE order_id = ANY ($1)"
    )

    static let update = Statement(
        "orders_cancel",
        parameters: [.uuidArray, .textArray, .int4Array, .timestamptzArray, .textArray],
        """
        UPDATE orders SET status = 3, version = orders.version + 1, updated_at = change.at, cancel_reason = change.reason
        FROM unnest($1, $2, $3, $4, $5) AS change (id, tenant, version, at, reason)
        WHERE orders.id = change.id AND orders.tenant = change.tenant AND orders.version = change.version
            AND orders.status IN (0, 1)
        """
    )

    static let stage = Statement(
        "outbox_stage",
        parameters: [.uuidArray, .int4Array, .textArray, .textArray, .byteaArray],
        """
        INSERT INTO outbox (order_id, version, created_at, type, traceparent, payload)
        SELECT id, version, now(), type, traceparent, payload
        FROM unnest($1, $2, $3, $4, $5) AS event (id, version, type, traceparent, payload)
        """
    )

    /// A cancellation that will be written.
    struct Change {
        let tenant: String
        let reason: String?
        let at: Timestamp
        /// The version that is left behind.
        let version: Int32
        let event: StagedEvent
    }

    /// Adds the writes of the changes to the batch; they come sorted by id.
    static func add(_ changes: [Change], to batch: inout Batch) {
        var ids = ArrayColumn(.uuid, capacity: changes.count)
        var tenants = ArrayColumn(.text, capacity: changes.count)
        var versions = ArrayColumn(.int4, capacity: changes.count)
        var moments = ArrayColumn(.timestamptz, capacity: changes.count)
        var reasons = ArrayColumn(.text, capacity: changes.count)
        var eventVersions = ArrayColumn(.int4, capacity: changes.count)
        var types = ArrayColumn(.text, capacity: changes.count)
        var traces = ArrayColumn(.text, capacity: changes.count)
        var payloads = ArrayColumn(.bytea, capacity: changes.count, valueBytes: 512)
        for change in changes {
            ids.append(uuid: change.event.orderID.uuid)
            tenants.append(change.tenant)
            versions.append(change.version)
            moments.append(unixMicroseconds: change.at.microseconds)
            reasons.append(change.reason)
            eventVersions.append(change.event.version)
            types.append(change.event.type)
            traces.append(change.event.traceparent)
            payloads.append(bytes: change.event.payload)
        }
        batch.add(
            update,
            [.array(ids), .array(tenants), .array(versions), .array(moments), .array(reasons)]
        )
        batch.add(stage, [.array(ids), .array(eventVersions), .array(types), .array(traces), .array(payloads)])
    }
}
