package import Orders
internal import Postgres

extension PostgresReplayJobStore {
    package func preview(
        _ selection: LetterSelection,
        within reach: TenantReach,
        sample: Int
    ) async throws(StoreError) -> ReplayPreview {
        try await StoreError.mapping {
            let counts = OrderingStatements.preview(selection, within: reach)
            let entries = OrderingStatements.sample(LetterConditions(selection, within: reach))
            var batch = Batch(PlanSettings.search)
            batch.add(counts.statement, counts.parameters)
            batch.add(entries.statement, entries.parameters + [.int8(Int64(min(max(sample, 0), 100)))])
            let results = try await connection.run(batch, within: bulkLimit)
            guard results.count == 3 else { throw PostgresError(.unexpectedResult, "a dry run has no result") }
            let sample = try results[2].map(LetterColumns.entry)
            return try OrderingStatements.preview(results[1], sample, named: selection.namedCount)
        }
    }

    package func create(_ plan: ReplayPlan, audit: AuditEntry) async throws(StoreError) -> ReplayOrdering {
        let taking = OrderingStatements.take(LetterConditions(plan.selection, within: plan.orderedBy.reach))
        return try await connection.storeTransaction(within: bulkLimit) { transaction in
            try await create(plan, taking, audit, in: transaction)
        }
    }

    private func create(
        _ plan: ReplayPlan,
        _ taking: Search,
        _ audit: AuditEntry,
        in transaction: Transaction
    ) async throws -> ReplayOrdering {
        let inserted = try await transaction.run(OrderingStatements.insert(plan))
        if inserted.first?.affectedRows == 1 {
            let time = Parameter.timestamptz(unixMicroseconds: plan.orderedAt.microseconds)
            var batch = Batch(PlanSettings.search)
            batch.add(taking.statement, taking.parameters + [.uuid(plan.id.bits), time])
            let count = try await transaction.run(batch).last?.affectedRows ?? 0
            guard count > 0 else {
                _ = try await transaction.run(Batch(OrderingStatements.remove, [.uuid(plan.id.bits)]))
                return .nothing
            }
            let details = AuditDetail("letters", "\(count)")
            _ = try await transaction.run(AuditStatements.append(audit.adding(details)))
        } else {
            let order: [Parameter] = [
                .uuid(plan.id.bits), .optional(plan.orderedBy.reach.tenant), .bytea(plan.fingerprint),
            ]
            let same = try await transaction.run(Batch(OrderingStatements.same, order))
            guard same.first?.count == 1 else { return .conflict }
        }
        guard let job = try await read(plan.id, in: transaction) else {
            throw StoreError(.contended, "the job was removed at the same moment")
        }
        return .accepted(job)
    }

    package func control(
        _ id: ReplayJobID,
        _ control: ReplayControl,
        within reach: TenantReach,
        audit: AuditEntry
    ) async throws(StoreError) -> ReplayJob? {
        try await connection.storeTransaction(within: bulkLimit) { transaction in
            try await change(id, control, within: reach, audit, in: transaction)
        }
    }

    private func change(
        _ id: ReplayJobID,
        _ control: ReplayControl,
        within reach: TenantReach,
        _ audit: AuditEntry,
        in transaction: Transaction
    ) async throws -> ReplayJob? {
        let lock = Batch(OrderingStatements.lock, [.uuid(id.bits), .optional(reach.tenant)])
        let isVisible = try await transaction.run(lock).first?.count == 1
        var job = isVisible ? try await read(id, in: transaction) : nil
        if let before = job {
            _ = try await transaction.run(Self.change(before, control, audit))
            job = try await read(id, in: transaction)
        }
        return job
    }

    private static func change(_ job: ReplayJob, _ control: ReplayControl, _ audit: AuditEntry) -> Batch {
        let isAllowed = job.state.canBecome(control.state)
        var entry = audit
        if !isAllowed, job.state != control.state { entry.outcome = .failed }
        var batch = Batch(PlanSettings.search)
        // To resume what runs already wakes it, if it waits for somebody.
        if isAllowed || control == .resume && job.state == .running {
            let time = Parameter.timestamptz(unixMicroseconds: audit.at.microseconds)
            batch.add(OrderingStatements.control, [.uuid(job.id.bits), .int2(control.state.rawValue), time])
            if control == .cancel { batch.add(OrderingStatements.letGo, [.uuid(job.id.bits), time]) }
        }
        AuditStatements.append(entry, to: &batch)
        return batch
    }
}
