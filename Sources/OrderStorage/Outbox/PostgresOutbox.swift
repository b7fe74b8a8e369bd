package import Orders
package import Postgres

/// The outbox table: events of committed orders until the broker has confirmed them.
package struct PostgresOutbox: EventOutbox {
    private let connection: Connection
    private let encoder: any EventEncoder
    private let limit: Duration

    /// Makes an outbox that uses the connection, which others may use too.
    ///
    /// - Parameters:
    ///   - encoder: writes the events that are kept without their payload; must be the store's.
    ///   - limit: for one call, connecting included. Defaults to 10 s.
    package init(_ connection: Connection, encoder: any EventEncoder, limit: Duration = .seconds(10)) {
        self.connection = connection
        self.encoder = encoder
        self.limit = limit
    }

    package func scan(
        after: StagedEventKey?,
        minimumAge: Duration,
        limit: EventLimit
    ) async throws(StoreError) -> OutboxPage {
        let (seconds, attoseconds) = minimumAge.components
        let microseconds = seconds &* 1_000_000 &+ attoseconds / 1_000_000_000_000
        return try await page(OutboxStatements.scan(limit: max(1, limit.count)), .int8(microseconds), after, limit)
    }

    package func scan(
        orders: [OrderID],
        after: StagedEventKey?,
        limit: EventLimit
    ) async throws(StoreError) -> OutboxPage {
        if orders.isEmpty { return OutboxPage(events: [], hasMore: false) }
        var ids = ArrayColumn(.uuid, capacity: orders.count)
        for order in Set(orders) { ids.append(uuid: order.uuid) }
        return try await page(OutboxStatements.scanOrders(limit: max(1, limit.count)), .array(ids), after, limit)
    }

    package func delete(_ keys: [StagedEventKey]) async throws(StoreError) {
        if keys.isEmpty { return }
        var ids = ArrayColumn(.uuid, capacity: keys.count)
        var versions = ArrayColumn(.int4, capacity: keys.count)
        // Sorted, so that two relays with the same keys cannot wait for each other.
        for key in keys.sorted() {
            ids.append(uuid: key.orderID.uuid)
            versions.append(key.version)
        }
        let batch = Batch(OutboxStatements.delete, [.array(ids), .array(versions)])
        try await StoreError.mapping {
            _ = try await connection.run(batch, within: limit)
        }
    }

    package func statistics() async throws(StoreError) -> OutboxStatistics {
        try await StoreError.mapping {
            let results = try await connection.run(Batch(OutboxStatements.statistics), within: limit)
            guard let row = results.first?.first else { return OutboxStatistics(count: 0, oldestAge: nil) }
            return OutboxStatistics(
                count: Int(truncatingIfNeeded: try row.int64(0)),
                oldestAge: try row.int64OrNull(1).map { .milliseconds(max(0, $0)) }
            )
        }
    }

    private func page(
        _ statement: Statement,
        _ selection: Parameter,
        _ after: StagedEventKey?,
        _ pageLimit: EventLimit
    ) async throws(StoreError) -> OutboxPage {
        let parameters: [Parameter] = [
            .int8(Int64(max(1, pageLimit.bytes))),
            .uuid(after?.orderID.uuid ?? 0), .int4(after?.version ?? -1),
            selection,
        ]
        return try await StoreError.mapping {
            let results = try await connection.run(Batch(statement, parameters), within: limit)
            let rows = results.first.map { Array($0) } ?? []
            return OutboxPage(
                events: try rows.map { try OutboxStatements.event($0, encoder: encoder) },
                hasMore: try rows.last?.bool(OutboxStatements.hasMoreColumn) ?? false
            )
        }
    }
}
