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
        limit count: Int
    ) async throws(StoreError) -> [StagedEvent] {
        let (seconds, attoseconds) = minimumAge.components
        let microseconds = seconds &* 1_000_000 &+ attoseconds / 1_000_000_000_000
        let parameters: [Parameter] = [
            .uuid(after?.orderID.uuid ?? 0), .int4(after?.version ?? -1), .int8(microseconds),
        ]
        return try await events(OutboxStatements.scan(limit: max(1, count)), parameters)
    }

    package func scan(orders: [OrderID]) async throws(StoreError) -> [StagedEvent] {
        if orders.isEmpty { return [] }
        var ids = ArrayColumn(.uuid, capacity: orders.count)
        for order in orders { ids.append(uuid: order.uuid) }
        return try await events(OutboxStatements.scanOrders, [.array(ids)])
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

    private func events(_ statement: Statement, _ parameters: [Parameter]) async throws(StoreError) -> [StagedEvent] {
        try await StoreError.mapping {
            let results = try await connection.run(Batch(statement, parameters), within: limit)
            return try results.first.map { try $0.map { try OutboxStatements.event($0, encoder: encoder) } } ?? []
        }
    }
}
