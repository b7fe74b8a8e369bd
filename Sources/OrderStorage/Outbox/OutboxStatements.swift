internal import Orders
internal import Postgres

/// Reads and empties the outbox.
enum OutboxStatements {
    /// Reads one page.
    ///
    /// Parameters: the bytes that all but the last event may have, the key to start behind, and the age in microseconds,
    /// by the database's clock, that made the rows.
    static func scan(limit: Int) -> Statement {
        let staged = select(
            from: "outbox",
            """
            AND (outbox.order_id, outbox.version) > ($2, $3)
            AND outbox.created_at <= now() - make_interval(secs => $4 / 1000000.0)
            """,
            limit: limit
        )
        return Statement(
            "outbox_scan_\(limit)",
            parameters: [.int8, .uuid, .int4, .int8],
            page(of: staged, limit: limit)
        )
    }

    /// Reads one page of the events of some orders, each looked up by the index, whatever the planner believes.
    ///
    /// Parameters: as for all of them, but the orders' ids, each once, in place of the age.
    static func scanOrders(limit: Int) -> Statement {
        let staged = select(
            from: """
                unnest($4) AS wanted (id) CROSS JOIN LATERAL (
                    SELECT * FROM outbox WHERE order_id = wanted.id AND (order_id, version) > ($2, $3)
                    ORDER BY version LIMIT \(limit + 1)
                ) AS outbox
                """,
            limit: limit
        )
        return Statement(
            "outbox_scan_orders_\(limit)",
            parameters: [.int8, .uuid, .int4, .uuidArray],
            page(of: staged, limit: limit)
        )
    }

    /// Behind a page's other columns: whether there are more events behind this one.
    static let hasMoreColumn = 15

    /// An event without a payload is written anew from its order.
    ///
    /// One whose order is gone can never be told, and must not hold up those that can. The limit is a literal, because a
    /// plan for an unknown one would expect to read a tenth of the table; and each order is looked up by the index,
    /// because a plan for an empty table would read it from end to end.
    private static func select(from source: String, _ conditions: String = "", limit: Int) -> String {
        """
        SELECT outbox.order_id, outbox.version, outbox.type, outbox.traceparent, outbox.payload,
            orders.tenant, orders.created_at, orders.idempotency_key, orders.customer_id, orders.currency, orders.total,
            orders.items, orders.metadata, orders.fingerprint, orders.traceparent AS order_traceparent
        FROM \(source) LEFT JOIN LATERAL (
            SELECT * FROM orders WHERE id = outbox.order_id AND outbox.payload IS NULL LIMIT 1
        ) AS orders ON true
        WHERE (outbox.payload IS NOT NULL OR orders.id IS NOT NULL) \(conditions)
        ORDER BY outbox.order_id, outbox.version
        LIMIT \(limit + 1)
        """
    }

    /// Cuts what is staged to as many bytes as $1 says.
    ///
    /// First by the sizes as they are stored, which are never the greater ones: the others are known only by unpacking,
    /// and of large orders that would be seconds for values that are left out anyway.
    private static func page(of staged: String, limit: Int) -> String {
        """
        SELECT order_id, version, type, traceparent, payload, tenant, created_at, idempotency_key, customer_id,
            currency, total, items, metadata, fingerprint, order_traceparent, has_more
        FROM (
            SELECT *, coalesce(sum(
                coalesce(octet_length(payload), octet_length(items::text) + coalesce(octet_length(metadata::text), 0))
            ) OVER earlier, 0) AS bytes_before
            FROM (
                SELECT *, lead(true) OVER earlier IS NOT NULL AS has_more, coalesce(sum(
                    coalesce(octet_length(payload), pg_column_size(items) + coalesce(pg_column_size(metadata), 0))
                ) OVER earlier, 0) AS stored_before
                FROM (\(staged)) AS staged
                WINDOW earlier AS (\(earlier))
            ) AS staged
            WHERE stored_before < $1
            WINDOW earlier AS (\(earlier))
        ) AS staged
        WHERE bytes_before < $1
        ORDER BY order_id, version
        LIMIT \(limit)
        """
    }

    private static let earlier = "ORDER BY order_id, version ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"

    /// Each key is looked up by the index, whatever the planner believes: vacuumed while it was empty, the table looks
    /// as if reading all of it for each batch were the cheapest way. (Rows are never updated, so they stay where they are.)
    static let delete = Statement(
        "outbox_delete",
        parameters: [.uuidArray, .int4Array],
        """
        DELETE FROM outbox WHERE ctid = ANY (ARRAY(
            SELECT found.place FROM unnest($1, $2) AS done (id, version)
            CROSS JOIN LATERAL (
                SELECT ctid AS place FROM outbox WHERE order_id = done.id AND version = done.version LIMIT 1
            ) AS found
        ))
        """
    )

    /// The count is the server's own tally once there are many, and the age that of the oldest of a thousand rows: keys
    /// are random, so these are a fair sample.
    ///
    /// Neither may cost more the fuller the outbox is.
    static let statistics = Statement(
        "outbox_statistics",
        """
        SELECT
            CASE WHEN count(*) < 1000 THEN count(*)
                ELSE greatest(count(*), (
                    SELECT n_live_tup FROM pg_stat_user_tables
                    WHERE relid = 'outbox'::regclass
                ))
            END,
            (extract(epoch FROM clock_timestamp() - min(created_at)) * 1000)::int8
        FROM (SELECT created_at FROM outbox ORDER BY order_id, version LIMIT 1000) AS sample
        """
    )

    /// Reads a row of either scan.
    static func event(_ row: Row, encoder: any EventEncoder) throws -> StagedEvent {
        let (orderID, version) = (try row.orderID(0), try row.int32(1))
        if let payload = try row.bytesOrNull(4) {
            return StagedEvent(
                orderID: orderID,
                version: version,
                id: EventID(orderID: orderID, version: version),
                type: try row.string(2),
                payload: payload,
                traceparent: try row.stringOrNull(3),
                isBehindOlder: false
            )
        }
        let event = OrderEvent(
            orderID: orderID,
            version: version,
            tenant: try row.string(5),
            time: try row.timestamp(6),
            traceparent: try row.stringOrNull(14),
            kind: .created(try order(row))
        )
        return StagedEvent(event, payload: encoder.encode(event), isBehindOlder: false)
    }

    private static func order(_ row: Row) throws -> NewOrder {
        guard let key = IdempotencyKey(try row.string(7)), let total = Amount(try row.string(10)) else {
            throw PostgresError(.unexpectedResult, "an order does not obey the rules under which it was stored")
        }
        return NewOrder(
            key: key,
            customerID: try row.string(8),
            currency: try row.string(9),
            total: total,
            items: try row.bytes(11),
            metadata: try row.bytesOrNull(12),
            fingerprint: try row.bytes(13)
        )
    }
}
