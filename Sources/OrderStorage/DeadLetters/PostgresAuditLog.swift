package import Orders
package import Postgres

/// The audit in PostgreSQL: a table that takes no update and no delete.
package struct PostgresAuditLog: AuditLog {
    private let connection: Connection
    private let limit: Duration

    /// Makes a log that uses the connection, which others may use too.
    ///
    /// - Parameter limit: for one call, connecting included. Defaults to 10 s.
    package init(_ connection: Connection, limit: Duration = .seconds(10)) {
        self.connection = connection
        self.limit = limit
    }

    @discardableResult
    package func append(_ entry: AuditEntry) async throws(StoreError) -> AuditRecord {
        try await StoreError.mapping {
            let results = try await connection.run(AuditStatements.append(entry), within: limit)
            guard let row = results.first?.first else {
                throw PostgresError(.unexpectedResult, "the audit has no chain to add to")
            }
            return AuditRecord(sequence: try row.int64(0), entry: entry.storable, hash: try row.bytes(1))
        }
    }

    package func list(
        _ filter: AuditFilter,
        within reach: TenantReach
    ) async throws(StoreError) -> [AuditRecord] {
        try await StoreError.mapping {
            let search = AuditStatements.list(filter, within: reach)
            var batch = Batch(PlanSettings.search)
            batch.add(search.statement, search.parameters)
            return try await connection.run(batch, within: limit).last?.map(AuditStatements.record) ?? []
        }
    }

    package func records(after sequence: Int64, limit count: Int) async throws(StoreError) -> [AuditRecord] {
        try await StoreError.mapping {
            let batch = Batch(AuditStatements.page, [.int8(sequence), .int8(Int64(max(1, count)))])
            return try await connection.run(batch, within: limit).first?.map(AuditStatements.record) ?? []
        }
    }

    package func ends() async throws(StoreError) -> AuditEnds {
        try await StoreError.mapping {
            guard let row = try await connection.run(Batch(AuditStatements.ends), within: limit).first?.first else {
                throw PostgresError(.unexpectedResult, "the audit has no chain")
            }
            return AuditEnds(
                anchor: AuditLink(sequence: try row.int64(0), hash: try row.bytes(1)),
                head: AuditLink(sequence: try row.int64(2), hash: try row.bytes(3))
            )
        }
    }

    package func retire(before: Timestamp, limit count: Int) async throws(StoreError) -> Int {
        try await StoreError.mapping {
            let batch = Batch(
                RetentionStatements.audit,
                [.timestamptz(unixMicroseconds: before.microseconds), .int4(Int32(clamping: max(1, count)))]
            )
            return Int(try await connection.run(batch, within: limit).first?.first?.int32(0) ?? 0)
        }
    }
}
