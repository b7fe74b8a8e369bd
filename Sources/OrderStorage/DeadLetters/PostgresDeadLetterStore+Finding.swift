package import Orders
internal import Postgres

extension PostgresDeadLetterStore {
    private static let pageLimits = 1...1000
    /// How much a page of messages holds before it ends.
    private static let pageBytes = 8 << 20

    package func list(
        _ filter: LetterFilter,
        within reach: TenantReach,
        after position: LetterPosition?,
        limit count: Int
    ) async throws(StoreError) -> LetterPage<LetterEntry> {
        try await StoreError.mapping {
            try await page(LetterConditions(filter, within: reach), position, count)
        }
    }

    private func page(
        _ conditions: LetterConditions,
        _ position: LetterPosition?,
        _ count: Int
    ) async throws -> LetterPage<LetterEntry> {
        let count = min(max(count, Self.pageLimits.lowerBound), Self.pageLimits.upperBound)
        // One more than asked for tells whether there are more.
        let found =
            conditions.isAboutContent
            ? try await look(conditions, position, count + 1)
            : LetterPage(letters: try await listed(conditions, position, count + 1), next: nil)
        guard found.letters.count > count else { return found }
        let page = Array(found.letters.prefix(count))
        return LetterPage(letters: page, next: page.last?.position)
    }

    /// Searches contents: the newest letters one by one, then by the indexes, or as far as one page goes.
    private func look(
        _ conditions: LetterConditions,
        _ position: LetterPosition?,
        _ count: Int
    ) async throws -> LetterPage<LetterEntry> {
        let close = try await looked(conditions, position, count, among: search.close)
        let rest = count - close.letters.count
        guard let next = close.next, rest > 0 else { return close }
        let others =
            conditions.isContentIndexed
            ? LetterPage(letters: try await listed(conditions, next, rest), next: nil)
            : try await looked(conditions, next, rest, among: search.far)
        return LetterPage(letters: close.letters + others.letters, next: others.next)
    }

    private func listed(
        _ conditions: LetterConditions,
        _ position: LetterPosition?,
        _ count: Int
    ) async throws -> [LetterEntry] {
        try await run(LetterStatements.list(conditions, position, count))?.map(LetterColumns.entry) ?? []
    }

    /// - Returns: what was found, and where the look ended if there are more letters.
    private func looked(
        _ conditions: LetterConditions,
        _ position: LetterPosition?,
        _ count: Int,
        among most: Int
    ) async throws -> LetterPage<LetterEntry> {
        var page = LetterPage<LetterEntry>(letters: [], next: nil)
        let rows = try await run(LetterStatements.look(conditions, position, count, among: most))
        for row in rows.map(Array.init) ?? [] {
            let entry = try LetterColumns.entry(row)
            if try row.bool(LetterColumns.count) { page.next = entry.position } else { page.letters.append(entry) }
        }
        return page
    }

    package func letters(
        _ filter: LetterFilter,
        within reach: TenantReach,
        after position: LetterPosition?,
        limit count: Int
    ) async throws(StoreError) -> LetterPage<KeptLetter> {
        let page = try await list(filter, within: reach, after: position, limit: count)
        return try await StoreError.mapping {
            try await filled(page, by: LetterStatements.messages, KeptLetter.init)
        }
    }

    package func waiting(
        _ selection: LetterSelection,
        within reach: TenantReach,
        after position: LetterPosition?,
        limit count: Int
    ) async throws(StoreError) -> LetterPage<WaitingLetter> {
        var page: LetterPage<LetterEntry>
        if case .matching(var filter) = selection {
            if filter.states.isEmpty { filter.states = [.kept] }
            page = try await list(filter, within: reach, after: position, limit: count)
            page.letters.removeAll { $0.state != .kept }
        } else {
            page = try await StoreError.mapping {
                let conditions = LetterConditions(selection, .kept, within: reach)
                return try await self.page(conditions, position, count)
            }
        }
        let found = page
        return try await StoreError.mapping {
            try await filled(found, by: LetterStatements.currentMessages, WaitingLetter.init)
        }
    }

    /// Adds the messages to as many letters of a page as memory should hold.
    private func filled<Letter: Sendable>(
        _ page: LetterPage<LetterEntry>,
        by statement: Statement,
        _ make: (LetterEntry, LetterMessage) -> Letter
    ) async throws -> LetterPage<Letter> {
        guard !page.letters.isEmpty else { return LetterPage(letters: [], next: page.next) }
        var (chosen, bytes) = (0, Int64(0))
        for entry in page.letters {
            bytes += entry.bodyByteCount
            guard chosen == 0 || bytes <= Self.pageBytes else { break }
            chosen += 1
        }
        let entries = Array(page.letters.prefix(chosen))
        let batch = Batch(statement, [LetterStatements.ids(entries.map(\.id))])
        let rows = try await connection.run(batch, within: limit)
        var messages: [LetterID: LetterMessage] = [:]
        for row in rows.first.map(Array.init) ?? [] {
            messages[LetterID(bits: try row.uuid(0))] = try LetterColumns.message(row, size: 1, head: 2, body: 3)
        }
        let letters = entries.compactMap { entry in messages[entry.id].map { make(entry, $0) } }
        return LetterPage(letters: letters, next: chosen < page.letters.count ? entries.last?.position : page.next)
    }

    package func count(
        _ selection: LetterSelection,
        in state: LetterState,
        within reach: TenantReach
    ) async throws(StoreError) -> ChangeCount {
        try await StoreError.mapping {
            let row = try await run(LetterStatements.count(selection, in: state, within: reach))?.first
            let (meant, changed) = (Int(try row?.int64(0) ?? 0), Int(try row?.int64(1) ?? 0))
            return ChangeCount(changed: changed, skipped: (selection.namedCount ?? meant) - changed)
        }
    }

    package func show(_ id: LetterID, within reach: TenantReach) async throws(StoreError) -> LetterFile? {
        try await StoreError.mapping {
            let letter = LetterStatements.letter(id, within: reach)
            var batch = Batch(letter.statement, letter.parameters)
            batch.add(LetterStatements.revisions, [.uuid(id.bits)])
            batch.add(ReplayStatements.recordsOfLetter, [.uuid(id.bits)])
            batch.add(RevisionStatements.movesOfLetter, [.uuid(id.bits)])
            let results = try await connection.run(batch, within: limit)
            guard results.count == 4, let row = results[0].first else { return nil }
            let first = LetterColumns.count
            return LetterFile(
                letter: KeptLetter(
                    entry: try LetterColumns.entry(row),
                    message: try LetterColumns.message(row, size: first, head: first + 1, body: first + 2)
                ),
                revisions: try results[1].map(LetterStatements.revision),
                replays: try results[2].map(ReplayStatements.record),
                moves: try results[3].map(RevisionStatements.move)
            )
        }
    }

    package func groups(
        _ filter: GroupFilter,
        within reach: TenantReach,
        at time: Timestamp
    ) async throws(StoreError) -> [LetterGroup] {
        try await StoreError.mapping {
            let hours = GroupHours(filter, at: time)
            let statement = GroupStatements.list(filter, within: reach, hours)
            return try await run(statement)?.map { try GroupStatements.group($0, hours) } ?? []
        }
    }

    package func statistics(at time: Timestamp) async throws(StoreError) -> LetterStatistics {
        try await StoreError.mapping {
            let dayBefore = Timestamp(milliseconds: time.milliseconds - 86_400_000)
            var batch = Batch(PlanSettings.search)
            batch.add(GroupStatements.totals)
            batch.add(GroupStatements.reasons)
            batch.add(GroupStatements.recent, [.timestamptz(unixMicroseconds: dayBefore.microseconds)])
            batch.add(ReplayStatements.jobCounts)
            let results = Array(try await connection.run(batch, within: limit).dropFirst())
            guard results.count == 4 else { return LetterStatistics() }
            return try GroupStatements.statistics(results)
        }
    }

    /// Runs a search, planned for its values.
    private func run(_ search: Search) async throws -> Rows? {
        var batch = Batch(PlanSettings.search)
        batch.add(search.statement, search.parameters)
        return try await connection.run(batch, within: limit).last
    }
}
