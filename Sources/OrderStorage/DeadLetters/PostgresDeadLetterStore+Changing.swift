package import Orders
internal import Postgres

extension PostgresDeadLetterStore {
    package func annotate(
        _ group: GroupID,
        _ change: GroupNoteChange,
        by who: Operator,
        audit: AuditEntry
    ) async throws(StoreError) -> Bool {
        let values: [Parameter] = [
            .uuid(group.bits), .optional(change.text), .optional(change.owner), .optional(change.ticket),
            change.isOnHold.map { .bool($0) } ?? .null(.bool), .text(who.name.storable),
            .timestamptz(unixMicroseconds: audit.at.microseconds), .optional(who.reach.tenant),
        ]
        let holds = change.isOnHold == true
        let letGo = holds ? HoldStatements.letGo(group, within: who.reach, at: audit.at) : nil
        return try await connection.storeTransaction(within: holds ? bulkLimit : limit) { transaction in
            try await Self.annotate(values, letGo, audit, in: transaction)
        }
    }

    private static func annotate(
        _ values: [Parameter],
        _ letGo: Batch?,
        _ audit: AuditEntry,
        in transaction: Transaction
    ) async throws -> Bool {
        var entry = audit
        if let letGo {
            let count = try await transaction.run(letGo).last?.affectedRows ?? 0
            if count > 0 { entry = entry.adding(AuditDetail("let-go", "\(count)")) }
        }
        let results = try await transaction.run(Batch(GroupStatements.annotate, values))
        guard results.first?.affectedRows == 1 else { return false }
        _ = try await transaction.run(AuditStatements.append(entry))
        return true
    }

    package func revise(
        _ requests: [RevisionRequest],
        by who: Operator
    ) async throws(StoreError) -> [RevisionResult] {
        try await connection.storeTransaction(within: limit) { transaction in
            try await Self.revise(requests, by: who, in: transaction)
        }
    }

    private static func revise(
        _ requests: [RevisionRequest],
        by who: Operator,
        in transaction: Transaction
    ) async throws -> [RevisionResult] {
        let ids = LetterStatements.ids(requests.map(\.letter))
        let locked = try await transaction.run(Batch(LetterStatements.lock, [ids])).first
        var entries: [LetterID: LetterEntry] = [:]
        for entry in try locked?.map(LetterColumns.entry) ?? [] { entries[entry.id] = entry }
        var results: [RevisionResult] = []
        var changes = RevisionBatch()
        for request in requests {
            guard let entry = entries[request.letter], who.reach.includes(entry.caller?.tenant) else {
                results.append(.notFound)
                continue
            }
            guard entry.state == .kept, entry.revision == request.draft.basedOn else {
                results.append(.conflict(entry))
                continue
            }
            let revision = LetterRevision(request, number: entry.revision + 1, madeBy: who)
            changes.add(revision, of: entry, request)
            entries[request.letter]?.revision = revision.number
            results.append(.made(revision))
        }
        if let batch = changes.statements { _ = try await transaction.run(batch) }
        return results
    }

    package func discard(
        _ selection: LetterSelection,
        within reach: TenantReach,
        audit: AuditEntry
    ) async throws(StoreError) -> ChangeCount {
        try await move(selection, within: reach, from: .kept, to: .discarded, audit: audit)
    }

    package func restore(
        _ selection: LetterSelection,
        within reach: TenantReach,
        audit: AuditEntry
    ) async throws(StoreError) -> ChangeCount {
        try await move(selection, within: reach, from: .discarded, to: .kept, audit: audit)
    }

    private func move(
        _ selection: LetterSelection,
        within reach: TenantReach,
        from old: LetterState,
        to new: LetterState,
        audit: AuditEntry
    ) async throws(StoreError) -> ChangeCount {
        let all = LetterStatements.count(selection, in: old, within: reach)
        let change = RevisionStatements.move(LetterConditions(selection, within: reach))
        let move = LetterMove(to: new, audit)
        let values: [Parameter] = [
            .int2(old.rawValue), .int2(new.rawValue), .timestamptz(unixMicroseconds: move.at.microseconds),
            .text(move.by.storable), .text(move.reason.storable),
        ]
        var batch = Batch(PlanSettings.search)
        batch.add(all.statement, all.parameters)
        batch.add(change.statement, change.parameters + values)
        let changes = batch
        return try await connection.storeTransaction(within: bulkLimit) { transaction in
            try await Self.move(changes, named: selection.namedCount, audit, in: transaction)
        }
    }

    private static func move(
        _ changes: Batch,
        named: Int?,
        _ audit: AuditEntry,
        in transaction: Transaction
    ) async throws -> ChangeCount {
        let results = try await transaction.run(changes)
        let meant = try named ?? Int(results.dropFirst().first?.first?.int64(0) ?? 0)
        let changed = results.last?.affectedRows ?? 0
        let count = ChangeCount(changed: changed, skipped: max(0, meant - changed))
        let entry = audit.adding(
            AuditDetail("changed", "\(count.changed)"),
            AuditDetail("skipped", "\(count.skipped)")
        )
        _ = try await transaction.run(AuditStatements.append(entry))
        return count
    }

    package func retire(
        settledBefore: Timestamp,
        keptBefore: Timestamp,
        limit count: Int
    ) async throws(StoreError) -> Int {
        try await StoreError.mapping {
            let moments: [Parameter] = [
                .timestamptz(unixMicroseconds: settledBefore.microseconds),
                .timestamptz(unixMicroseconds: keptBefore.microseconds),
            ]
            var batch = Batch(RetentionStatements.letters, moments + [.int8(Int64(count))])
            batch.add(RetentionStatements.inflow, [.int8(Int64(count))])
            batch.add(RetentionStatements.groups, [moments[0], .int8(Int64(count))])
            return try await connection.run(batch, within: limit).first?.affectedRows ?? 0
        }
    }

    package func retireRevisions(settledBefore: Timestamp, limit count: Int) async throws(StoreError) -> Int {
        try await StoreError.mapping {
            let values: [Parameter] = [
                .timestamptz(unixMicroseconds: settledBefore.microseconds), .int8(Int64(count)),
            ]
            return try await connection.run(Batch(RetentionStatements.revisions, values), within: limit)
                .first?.affectedRows ?? 0
        }
    }
}
