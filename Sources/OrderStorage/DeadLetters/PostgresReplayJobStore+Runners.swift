package import Orders
internal import Postgres

extension PostgresReplayJobStore {
    package func lease(
        by runner: String,
        for duration: Duration,
        except jobs: Set<ReplayJobID>
    ) async throws(StoreError) -> ReplayJob? {
        var others = ArrayColumn(.uuid)
        for job in jobs { others.append(uuid: job.bits) }
        let values: [Parameter] = [.text(runner.storable), .int8(duration.microseconds), .array(others)]
        let batch = Batch(RunnerStatements.lease, values)
        return try await connection.storeTransaction(within: limit) { transaction in
            try await leased(batch, in: transaction)
        }
    }

    package func renew(
        _ id: ReplayJobID,
        by runner: String,
        for duration: Duration
    ) async throws(StoreError) -> ReplayJob? {
        let values: [Parameter] = [.uuid(id.bits), .text(runner.storable), .int8(duration.microseconds)]
        return try await connection.storeTransaction(within: limit) { transaction in
            try await leased(Batch(RunnerStatements.renew, values), in: transaction)
        }
    }

    /// The job whose id the batch returns.
    private func leased(_ batch: Batch, in transaction: Transaction) async throws -> ReplayJob? {
        guard let row = try await transaction.run(batch).first?.first else { return nil }
        return try await read(ReplayJobID(bits: try row.uuid(0)), in: transaction)
    }

    package func take(
        _ count: Int,
        of id: ReplayJobID,
        by runner: String,
        at time: Timestamp
    ) async throws(StoreError) -> [ReplayItem] {
        try await StoreError.mapping {
            let values: [Parameter] = [
                .uuid(id.bits), .text(runner.storable), .int8(Int64(max(0, count))),
                .timestamptz(unixMicroseconds: time.microseconds),
            ]
            var batch = Batch(PlanSettings.search)
            batch.add(RunnerStatements.take, values)
            return try await connection.run(batch, within: limit).last?.map(RunnerStatements.item) ?? []
        }
    }

    package func takeAgain(of id: ReplayJobID, by runner: String) async throws(StoreError) -> [ReplayItem] {
        try await StoreError.mapping {
            var batch = Batch(PlanSettings.search)
            batch.add(RunnerStatements.takeAgain, [.uuid(id.bits), .text(runner.storable)])
            return try await connection.run(batch, within: limit).last?.map(RunnerStatements.item) ?? []
        }
    }

    package func record(
        _ endings: [ReplayEnding],
        of id: ReplayJobID,
        at time: Timestamp
    ) async throws(StoreError) {
        if endings.isEmpty { return }
        let batch = EndingStatements.record(endings, of: id, at: time)
        try await StoreError.mapping {
            _ = try await connection.run(batch, within: limit)
        }
    }

    package func advance(_ id: ReplayJobID, toStep step: Int, by runner: String) async throws(StoreError) {
        try await StoreError.mapping {
            let values: [Parameter] = [.uuid(id.bits), .text(runner.storable), .int4(Int32(clamping: step))]
            _ = try await connection.run(Batch(RunnerStatements.advance, values), within: limit)
        }
    }

    package func conclude(
        _ id: ReplayJobID,
        as state: ReplayJobState,
        remark: String?,
        by runner: String,
        audit: AuditEntry
    ) async throws(StoreError) {
        let values: [Parameter] = [
            .uuid(id.bits), .text(runner.storable), .int2(state.rawValue), .optional(remark),
            .timestamptz(unixMicroseconds: audit.at.microseconds),
        ]
        try await connection.storeTransaction(within: limit) { transaction in
            try await Self.conclude(values, audit, in: transaction)
        }
    }

    private static func conclude(
        _ values: [Parameter],
        _ audit: AuditEntry,
        in transaction: Transaction
    ) async throws {
        let concluded = try await transaction.run(Batch(RunnerStatements.conclude, values))
        if concluded.first?.affectedRows == 1 {
            _ = try await transaction.run(AuditStatements.append(audit))
        }
    }

    package func release(
        _ id: ReplayJobID,
        by runner: String,
        pause: Duration,
        remark: String?
    ) async throws(StoreError) {
        try await StoreError.mapping {
            let values: [Parameter] = [
                .uuid(id.bits), .text(runner.storable), .int8(pause.microseconds), .optional(remark),
            ]
            _ = try await connection.run(Batch(RunnerStatements.release, values), within: limit)
        }
    }
}

extension Duration {
    fileprivate var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds &* 1_000_000 &+ attoseconds / 1_000_000_000_000
    }
}
