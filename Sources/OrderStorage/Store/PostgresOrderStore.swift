package import Orders
package import Postgres

/// Keeps orders in PostgreSQL.
///
/// A batch of creates, which is what comes by the thousand, is one statement in one round trip. Everything else needs
/// two round trips a wave (see `ExecutionPlan`), inside a transaction where there is more than one write.
package struct PostgresOrderStore: OrderStore {
    private let connection: Connection
    private let encoder: any EventEncoder
    private let limit: Duration

    /// Makes a store that uses the connection, which others may use too.
    ///
    /// - Parameters:
    ///   - encoder: writes the events.
    ///   - limit: for one call, connecting included. Defaults to 10 s.
    package init(_ connection: Connection, encoder: any EventEncoder, limit: Duration = .seconds(10)) {
        self.connection = connection
        self.encoder = encoder
        self.limit = limit
    }

    package func execute(_ requests: [StoreRequest]) async throws(StoreError) -> [StoreResult] {
        if requests.isEmpty { return [] }
        let plan = ExecutionPlan(requests)
        var waves = plan.waves.map { WaveExecution($0, of: requests, ids: plan.orderIDs, encoder: encoder) }
        return try await StoreError.mapping {
            if plan.needsTransaction {
                try await runInTransaction(&waves)
            } else {
                try await run(&waves)
            }
            var results = [StoreResult?](repeating: nil, count: requests.count)
            for wave in waves { try wave.finish(&results) }
            return results.map { $0 ?? StoreResult(.refused(Self.unanswered), orderID: nil) }
        }
    }

    package func ping() async throws(StoreError) {
        try await StoreError.mapping {
            _ = try await connection.run(Batch(Self.sign), within: limit)
        }
    }

    private static let sign = Statement("ping", "SELECT 1")

    /// Cannot happen: every kind of command has a step that answers it.
    private static let unanswered = Refusal(.internalError, "The command was not answered")

    /// Each batch commits by itself: there is one statement that writes among them.
    private func run(_ waves: inout [WaveExecution]) async throws {
        let deadline = ContinuousClock.now + limit
        for index in waves.indices {
            let first = try await connection.run(waves[index].first, within: ContinuousClock.now.duration(to: deadline))
            try waves[index].received(first: first)
            let second = try await connection.run(
                waves[index].second,
                within: ContinuousClock.now.duration(to: deadline)
            )
            try waves[index].received(second: second)
        }
    }

    private func runInTransaction(_ waves: inout [WaveExecution]) async throws {
        try await connection.withTransaction(within: limit) { transaction in
            for index in waves.indices {
                let isLast = index == waves.indices.last
                let first = waves[index].first
                if !first.isEmpty { try waves[index].received(first: try await transaction.run(first)) }
                let second = waves[index].second
                if isLast {
                    try waves[index].received(second: try await transaction.commit(after: second))
                } else if !second.isEmpty {
                    try waves[index].received(second: try await transaction.run(second))
                }
            }
        }
    }
}
