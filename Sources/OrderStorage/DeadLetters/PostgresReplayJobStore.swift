package import Orders
package import Postgres

/// Replay jobs in PostgreSQL.
package struct PostgresReplayJobStore: ReplayJobStore {
    let connection: Connection
    let limit: Duration

    /// Makes a store that uses the connection, which others may use too.
    ///
    /// - Parameter limit: for one call, connecting included; making or cancelling a large job gets six times as long.
    ///   Defaults to 10 s.
    package init(_ connection: Connection, limit: Duration = .seconds(10)) {
        self.connection = connection
        self.limit = limit
    }

    var bulkLimit: Duration { limit * 6 }

    package func job(_ id: ReplayJobID, within reach: TenantReach) async throws(StoreError) -> ReplayJob? {
        try await StoreError.mapping {
            let batch = Batch(ReplayStatements.job, [.uuid(id.bits), .optional(reach.tenant)])
            return try await connection.run(batch, within: limit).first?.first.map(ReplayStatements.job)
        }
    }

    package func jobs(
        in state: ReplayJobState?,
        within reach: TenantReach,
        after position: ReplayJobPosition?,
        limit count: Int
    ) async throws(StoreError) -> [ReplayJob] {
        try await StoreError.mapping {
            let moment = position.map { Parameter.timestamptz(unixMicroseconds: $0.orderedAt.microseconds) }
            let id = position.map { Parameter.uuid($0.id.bits) }
            let batch = Batch(
                ReplayStatements.list,
                [
                    .optional(reach.tenant), moment ?? .null(.timestamptz), id ?? .null(.uuid),
                    .int8(Int64(min(max(count, 1), 1000))), state.map { .int2($0.rawValue) } ?? .null(.int2),
                ]
            )
            return try await connection.run(batch, within: limit).first?.map(ReplayStatements.job) ?? []
        }
    }

    package func records(
        of job: ReplayJobID,
        states: Set<ReplayRecord.State>,
        after position: Int,
        limit count: Int
    ) async throws(StoreError) -> [ReplayRecord] {
        try await StoreError.mapping {
            var column = ArrayColumn(.int2)
            for state in states { column.append(state.rawValue) }
            let batch = Batch(
                ReplayStatements.records,
                [.uuid(job.bits), .array(column), .int8(Int64(position)), .int8(Int64(min(max(count, 1), 10_000)))]
            )
            return try await connection.run(batch, within: limit).first?.map(ReplayStatements.record) ?? []
        }
    }

    package func retireJobs(endedBefore: Timestamp, limit count: Int) async throws(StoreError) -> Int {
        try await StoreError.mapping {
            let values: [Parameter] = [
                .timestamptz(unixMicroseconds: endedBefore.microseconds), .int8(Int64(max(1, count))),
            ]
            var batch = Batch(RetentionStatements.replayMessages, values)
            batch.add(RetentionStatements.jobs, values)
            return try await connection.run(batch, within: limit).reduce(0) { $0 + $1.affectedRows }
        }
    }

    /// The job as it is now, within the transaction.
    func read(_ id: ReplayJobID, in transaction: Transaction) async throws -> ReplayJob? {
        let batch = Batch(ReplayStatements.job, [.uuid(id.bits), .null(.text)])
        return try await transaction.run(batch).first?.first.map(ReplayStatements.job)
    }
}
