package import Orders
package import Postgres

/// The suspects table: which commands were in hand, alone or as a small group, when a worker ended.
package struct PostgresSuspectLedger: SuspectLedger {
    private let connection: Connection
    private let limit: Duration

    /// Makes a ledger that uses the connection, which others may use too.
    ///
    /// - Parameter limit: for one call, connecting included. Defaults to 10 s.
    package init(_ connection: Connection, limit: Duration = .seconds(10)) {
        self.connection = connection
        self.limit = limit
    }

    package func deaths(with suspects: [SuspectID]) async throws(StoreError) -> [Int] {
        try await StoreError.mapping {
            let results = try await connection.run(batch(Self.deaths, suspects), within: limit)
            let known = try results.first?.map { (try $0.bytes(0), Int(try $0.int32(1))) } ?? []
            let deaths = Dictionary(known) { first, _ in first }
            return suspects.map { deaths[$0.bytes] ?? 0 }
        }
    }

    package func take(_ suspects: [SuspectID], at time: Timestamp) async throws(StoreError) {
        try await run(Self.take, suspects, .timestamptz(unixMicroseconds: time.microseconds))
    }

    package func settle(_ suspects: [SuspectID]) async throws(StoreError) {
        try await run(Self.settle, suspects)
    }

    package func giveBack(_ suspects: [SuspectID]) async throws(StoreError) {
        try await run(Self.giveBack, suspects)
    }

    private func run(
        _ statement: Statement,
        _ suspects: [SuspectID],
        _ others: Parameter...
    ) async throws(StoreError) {
        try await StoreError.mapping {
            _ = try await connection.run(batch(statement, suspects, others), within: limit)
        }
    }

    /// Sorted, so that two workers cannot wait for each other; and each once, because one statement writes a row once.
    private func batch(_ statement: Statement, _ suspects: [SuspectID], _ others: [Parameter] = []) -> Batch {
        let distinct = Set(suspects.map(\.bytes)).sorted { $0.lexicographicallyPrecedes($1) }
        var ids = ArrayColumn(.bytea, capacity: distinct.count)
        for id in distinct { ids.append(bytes: id) }
        return Batch(statement, [.array(ids)] + others)
    }

    private static let deaths = Statement(
        "suspect_deaths",
        parameters: [.byteaArray],
        "SELECT id, taken FROM suspects WHERE id = ANY ($1)"
    )

    /// Rows that nobody has touched for a day are of messages that went another way, such as a purged queue.
    ///
    /// The time tells whether this taking was noted already, and its reply lost.
    private static let take = Statement(
        "suspect_take",
        parameters: [.byteaArray, .timestamptz],
        """
        WITH stale AS (DELETE FROM suspects WHERE taken_at < $2 - interval '1 day' AND id <> ALL ($1))
        INSERT INTO suspects (id, taken, taken_at) SELECT id, 1, $2 FROM unnest($1) AS suspect (id)
        ON CONFLICT (id) DO UPDATE SET taken = suspects.taken + 1, taken_at = $2 WHERE suspects.taken_at <> $2
        """
    )

    private static let settle = Statement(
        "suspect_settle",
        parameters: [.byteaArray],
        "DELETE FROM suspects WHERE id = ANY ($1)"
    )

    /// A microsecond makes the time one that no taking has.
    private static let giveBack = Statement(
        "suspect_give_back",
        parameters: [.byteaArray],
        """
        WITH gone AS (DELETE FROM suspects WHERE id = ANY ($1) AND taken = 1)
        UPDATE suspects SET taken = taken - 1, taken_at = taken_at + interval '1 microsecond'
        WHERE id = ANY ($1) AND taken > 1
        """
    )
}
