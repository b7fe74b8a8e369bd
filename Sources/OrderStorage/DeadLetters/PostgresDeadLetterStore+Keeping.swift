package import Orders
internal import Postgres

extension PostgresDeadLetterStore {
    package func keep(_ letters: [ArrivedLetter], at time: Timestamp) async throws(StoreError) -> Int {
        if letters.isEmpty { return 0 }
        return try await connection.storeTransaction(within: limit) { transaction in
            try await keep(letters, at: time, in: transaction)
        }
    }

    package func importLetters(
        _ letters: [ArrivedLetter],
        at time: Timestamp,
        audit: AuditEntry
    ) async throws(StoreError) -> Int {
        try await connection.storeTransaction(within: bulkLimit) { transaction in
            try await importLetters(letters, at: time, audit, in: transaction)
        }
    }

    private func importLetters(
        _ letters: [ArrivedLetter],
        at time: Timestamp,
        _ audit: AuditEntry,
        in transaction: Transaction
    ) async throws -> Int {
        let count = try await keep(letters, at: time, in: transaction)
        let entry = audit.adding(AuditDetail("letters", "\(letters.count)"), AuditDetail("new", "\(count)"))
        _ = try await transaction.run(AuditStatements.append(entry))
        return count
    }

    private func keep(
        _ letters: [ArrivedLetter],
        at time: Timestamp,
        in transaction: Transaction
    ) async throws -> Int {
        let letters = Self.newest(letters)
        guard !letters.isEmpty else { return 0 }
        let lock = Batch(LetterStatements.lock, [LetterStatements.ids(letters.map(\.id))])
        let locked = try await transaction.run(lock)
        var known: [LetterID: LetterEntry] = [:]
        for row in locked.first.map(Array.init) ?? [] {
            let entry = try LetterColumns.entry(row)
            known[entry.id] = entry
        }
        let fresh = letters.filter { known[$0.id] == nil }.map { $0.dated(time) }
        let merged = letters.compactMap { letter in
            known[letter.id].flatMap { LetterMerge($0, letter, at: time) }.map { (letter: letter, merge: $0) }
        }
        guard !fresh.isEmpty || !merged.isEmpty else { return 0 }
        var groups = Batch()
        Self.addGroups(fresh, merged, at: time, to: &groups)
        _ = try await transaction.run(groups)
        var batch = Batch()
        if !fresh.isEmpty { KeepStatements.addInserts(fresh, at: time, to: &batch) }
        if !merged.isEmpty { KeepStatements.addMerges(merged, at: time, to: &batch) }
        let results = try await transaction.run(batch)
        if !fresh.isEmpty, results.first?.affectedRows != fresh.count {
            // Somebody kept one of them between the two statements: look again.
            throw StoreError(.contended, "a dead letter was kept by somebody else at the same moment")
        }
        return fresh.count
    }

    /// One letter an id, the newest failure of each, in the order of the ids; of two that do not say when they failed,
    /// what comes from a replay is the newer.
    private static func newest(_ letters: [ArrivedLetter]) -> [ArrivedLetter] {
        var byID: [LetterID: ArrivedLetter] = [:]
        for letter in letters {
            if let other = byID[letter.id] {
                let (old, new) = (other.failure.lastFailedAt, letter.failure.lastFailedAt)
                if old > new || old == new && letter.replay == nil { continue }
            }
            byID[letter.id] = letter
        }
        return byID.values.sorted { $0.id < $1.id }
    }

    private static func addGroups(
        _ fresh: [ArrivedLetter],
        _ merged: [(letter: ArrivedLetter, merge: LetterMerge)],
        at time: Timestamp,
        to batch: inout Batch
    ) {
        var seen = SeenGroups()
        var arrivals: [GroupID: Int32] = [:]
        for letter in fresh {
            let (id, tenant) = (letter.groupID, letter.caller?.tenant)
            seen.see(id, tenant: tenant, command: letter.command, failure: letter.failure, at: time)
            arrivals[id, default: 0] += 1
        }
        for (letter, merge) in merged {
            let (id, tenant) = (merge.groupID, merge.caller?.tenant)
            seen.see(id, tenant: tenant, command: letter.command, failure: merge.failure, at: time)
            arrivals[id, default: 0] += 1
        }
        batch.add(GroupStatements.see, seen.parameters)
        let hour = Timestamp(milliseconds: time.milliseconds / 3_600_000 * 3_600_000)
        var (ids, hours, counts) = (ArrayColumn(.uuid), ArrayColumn(.timestamptz), ArrayColumn(.int4))
        for (id, count) in arrivals.sorted(by: { $0.key.bits < $1.key.bits }) {
            ids.append(uuid: id.bits)
            hours.append(unixMicroseconds: hour.microseconds)
            counts.append(count)
        }
        batch.add(GroupStatements.count, [.array(ids), .array(hours), .array(counts)])
    }
}
