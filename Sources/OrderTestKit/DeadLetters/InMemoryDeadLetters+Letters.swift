package import Orders

extension InMemoryDeadLetters: DeadLetterStore {
    package func keep(_ letters: [ArrivedLetter], at time: Timestamp) async throws(StoreError) -> Int {
        if letters.contains(where: state.current.refuses) { throw StoreError(.rejected, "22000 in a test") }
        return try change { $0.keep(letters, at: time) }
    }

    package func importLetters(
        _ letters: [ArrivedLetter],
        at time: Timestamp,
        audit: AuditEntry
    ) async throws(StoreError) -> Int {
        try change { state in
            let count = state.keep(letters, at: time)
            state.append(audit.adding(AuditDetail("letters", "\(letters.count)"), AuditDetail("new", "\(count)")))
            return count
        }
    }

    package func list(
        _ filter: LetterFilter,
        within reach: TenantReach,
        after position: LetterPosition?,
        limit: Int
    ) async throws(StoreError) -> LetterPage<LetterEntry> {
        let page = try await letters(filter, within: reach, after: position, limit: limit)
        return LetterPage(letters: page.letters.map(\.entry), next: page.next)
    }

    package func letters(
        _ filter: LetterFilter,
        within reach: TenantReach,
        after position: LetterPosition?,
        limit: Int
    ) async throws(StoreError) -> LetterPage<KeptLetter> {
        try change { state in
            state.page(.matching(filter), within: reach, after: position, limit: limit) { letter in
                KeptLetter(entry: letter.entry, message: letter.message)
            }
        }
    }

    package func waiting(
        _ selection: LetterSelection,
        within reach: TenantReach,
        after position: LetterPosition?,
        limit: Int
    ) async throws(StoreError) -> LetterPage<WaitingLetter> {
        try change { state in
            state.page(selection, within: reach, after: position, limit: limit) { letter in
                guard letter.entry.state == .kept else { return nil }
                let message = letter.revisions.last?.message ?? letter.message
                return WaitingLetter(entry: letter.entry, message: message)
            }
        }
    }

    package func count(
        _ selection: LetterSelection,
        in state: LetterState,
        within reach: TenantReach
    ) async throws(StoreError) -> ChangeCount {
        try change { all in
            let meant = all.selected(selection, within: reach)
            let changed = meant.count { $0.entry.state == state }
            return ChangeCount(changed: changed, skipped: (selection.namedCount ?? meant.count) - changed)
        }
    }

    package func show(_ id: LetterID, within reach: TenantReach) async throws(StoreError) -> LetterFile? {
        try change { state in
            guard let letter = state.selected(.letters([id]), within: reach).first else { return nil }
            let replays = state.jobs.values.flatMap(\.records).filter { $0.letter == id }
            return LetterFile(
                letter: KeptLetter(entry: letter.entry, message: letter.message),
                revisions: letter.revisions,
                replays: replays.sorted { ($0.takenAt?.milliseconds ?? .max) < ($1.takenAt?.milliseconds ?? .max) },
                moves: letter.moves
            )
        }
    }

    package func groups(
        _ filter: GroupFilter,
        within reach: TenantReach,
        at time: Timestamp
    ) async throws(StoreError) -> [LetterGroup] {
        try change { $0.groups(filter, within: reach, at: time) }
    }

    package func statistics(at time: Timestamp) async throws(StoreError) -> LetterStatistics {
        try change { state in
            var statistics = LetterStatistics()
            for letter in state.letters.values {
                statistics.counts[letter.entry.state, default: 0] += 1
                statistics.repeatFailures += letter.entry.repeatFailures
                guard letter.entry.state == .kept else { continue }
                if letter.entry.caller == nil { statistics.keptWithoutTenant += 1 }
                statistics.keptByReason[letter.entry.failure.reason, default: 0] += 1
                let arrivedAt = letter.entry.arrivedAt
                statistics.oldestKeptAt = min(statistics.oldestKeptAt ?? arrivedAt, arrivedAt)
            }
            let since = time.milliseconds / 3_600_000 - 24
            statistics.inflowLastDay = state.groups.values.reduce(0) { sum, group in
                sum + group.inflow.filter { $0.key > since }.values.reduce(0, +)
            }
            for job in state.jobs.values { statistics.jobs[job.state, default: 0] += 1 }
            return statistics
        }
    }

    package func annotate(
        _ group: GroupID,
        _ change: GroupNoteChange,
        by who: Operator,
        audit: AuditEntry
    ) async throws(StoreError) -> Bool {
        try self.change { state in
            guard let known = state.groups[group], who.reach.includes(known.tenant) else { return false }
            state.groups[group]?.note = change.applied(to: known.note)
            state.groups[group]?.notedBy = who.name
            state.groups[group]?.notedAt = audit.at
            let count = change.isOnHold == true ? state.letGo(group, at: audit.at) : 0
            state.append(count > 0 ? audit.adding(AuditDetail("let-go", "\(count)")) : audit)
            return true
        }
    }

    package func revise(
        _ requests: [RevisionRequest],
        by who: Operator
    ) async throws(StoreError) -> [RevisionResult] {
        try change { state in requests.map { state.revise($0, by: who) } }
    }

    package func discard(
        _ selection: LetterSelection,
        within reach: TenantReach,
        audit: AuditEntry
    ) async throws(StoreError) -> ChangeCount {
        try change { $0.move(selection, within: reach, from: .kept, to: .discarded, audit) }
    }

    package func restore(
        _ selection: LetterSelection,
        within reach: TenantReach,
        audit: AuditEntry
    ) async throws(StoreError) -> ChangeCount {
        try change { $0.move(selection, within: reach, from: .discarded, to: .kept, audit) }
    }

    package func retire(
        settledBefore: Timestamp,
        keptBefore: Timestamp,
        limit: Int
    ) async throws(StoreError) -> Int {
        try change { state in
            let due = state.letters.values.filter { letter in
                switch letter.entry.state {
                case .kept: letter.entry.changedAt < keptBefore
                case .replaying: false
                case .replayed, .discarded: letter.entry.changedAt < settledBefore
                }
            }
            for letter in due.prefix(limit) { state.letters[letter.entry.id] = nil }
            return min(due.count, limit)
        }
    }

    package func retireRevisions(settledBefore: Timestamp, limit: Int) async throws(StoreError) -> Int {
        try change { state in
            var removed = 0
            for letter in state.letters.values
            where [.replayed, .discarded].contains(letter.entry.state) && letter.entry.changedAt < settledBefore {
                let due = min(max(0, letter.revisions.count - 1), limit - removed)
                state.letters[letter.entry.id]?.revisions.removeFirst(due)
                removed += due
            }
            return removed
        }
    }
}

extension InMemoryDeadLetters.State {
    fileprivate mutating func keep(_ arrived: [ArrivedLetter], at time: Timestamp) -> Int {
        var count = 0
        for letter in arrived {
            let hour = time.milliseconds / 3_600_000
            guard var known = letters[letter.id] else {
                let entry = LetterEntry(letter.dated(time), at: time)
                letters[letter.id] = InMemoryDeadLetters.Letter(entry: entry, message: letter.message)
                see(entry.groupID, entry, at: time)
                groups[entry.groupID]?.inflow[hour, default: 0] += 1
                count += 1
                continue
            }
            guard let merge = LetterMerge(known.entry, letter, at: time) else { continue }
            known.entry.state = merge.state
            known.entry.failure = merge.failure
            known.entry.groupID = merge.groupID
            known.entry.caller = merge.caller
            known.entry.arrivals = merge.arrivals
            known.entry.repeatFailures = merge.repeatFailures
            known.entry.changedAt = time
            letters[letter.id] = known
            see(merge.groupID, known.entry, at: time)
            groups[merge.groupID]?.inflow[hour, default: 0] += 1
            if let job = merge.endedJob {
                let result = ReplayResult.died(code: merge.failure.code, message: merge.failure.message)
                end(letter.id, of: job, result, at: time)
            }
        }
        return count
    }

    fileprivate func page<Letter: Sendable>(
        _ selection: LetterSelection,
        within reach: TenantReach,
        after position: LetterPosition?,
        limit: Int,
        _ make: (InMemoryDeadLetters.Letter) -> Letter?
    ) -> LetterPage<Letter> {
        let found = selected(selection, within: reach).filter { letter in
            guard let position else { return true }
            return (letter.entry.arrivedAt, letter.entry.id) < (position.arrivedAt, position.id)
        }
        let page = found.prefix(min(max(limit, 1), 1000))
        return LetterPage(
            letters: page.compactMap(make),
            next: found.count > page.count ? page.last?.entry.position : nil
        )
    }

    fileprivate mutating func revise(_ request: RevisionRequest, by who: Operator) -> RevisionResult {
        guard var letter = selected(.letters([request.letter]), within: who.reach).first else { return .notFound }
        let draft = request.draft
        guard letter.entry.state == .kept, letter.entry.revision == draft.basedOn else {
            return .conflict(letter.entry)
        }
        let revision = LetterRevision(request, number: letter.entry.revision + 1, madeBy: who)
        letter.revisions.append(revision)
        letter.entry.revision = revision.number
        letter.entry.topic = draft.topic
        letter.entry.bodyByteCount = draft.message.bodyByteCount
        letter.entry.changedAt = revision.madeAt
        letter.entry.caller = draft.caller ?? letter.entry.caller
        let entry = letter.entry
        letter.entry.groupID = GroupID(tenant: entry.caller?.tenant, command: entry.command, failure: entry.failure)
        see(letter.entry.groupID, entry, at: entry.arrivedAt)
        letters[request.letter] = letter
        append(request.audit.adding(AuditDetail("revision", "\(revision.number)")))
        return .made(revision)
    }

    fileprivate mutating func move(
        _ selection: LetterSelection,
        within reach: TenantReach,
        from old: LetterState,
        to new: LetterState,
        _ audit: AuditEntry
    ) -> ChangeCount {
        let meant = selected(selection, within: reach)
        let movable = meant.filter { $0.entry.state == old }
        for letter in movable {
            letters[letter.entry.id]?.entry.state = new
            letters[letter.entry.id]?.entry.changedAt = audit.at
            letters[letter.entry.id]?.moves.append(LetterMove(to: new, audit))
        }
        let meantCount = selection.namedCount ?? meant.count
        let count = ChangeCount(changed: movable.count, skipped: meantCount - movable.count)
        append(
            audit.adding(AuditDetail("changed", "\(count.changed)"), AuditDetail("skipped", "\(count.skipped)"))
        )
        return count
    }

    fileprivate func groups(
        _ filter: GroupFilter,
        within reach: TenantReach,
        at time: Timestamp
    ) -> [LetterGroup] {
        let last = time.milliseconds / 3_600_000
        let first = last - Int64(min(max(filter.inflowHours, 1), GroupFilter.inflowHourLimit)) + 1
        let found = groups.compactMap { id, group -> LetterGroup? in
            let members = letters.values.filter { $0.entry.groupID == id }
            var counts: [LetterState: Int] = [.kept: 0, .replaying: 0, .replayed: 0, .discarded: 0]
            for letter in members { counts[letter.entry.state, default: 0] += 1 }
            let isOpen = (counts[.kept] ?? 0) + (counts[.replaying] ?? 0) > 0
            guard reach.includes(group.tenant), filter.id == nil || filter.id == id,
                filter.tenant == nil || filter.tenant == group.tenant,
                filter.command == nil || filter.command == group.command,
                filter.code == nil || filter.code == group.failure.code,
                filter.reason == nil || filter.reason == group.failure.reason,
                filter.isOnHold == nil || filter.isOnHold == group.note.isOnHold, !filter.isOpen || isOpen,
                filter.state.map({ counts[$0] ?? 0 > 0 }) ?? true, group.failure.says(filter.text)
            else { return nil }
            return LetterGroup(
                id: id,
                tenant: group.tenant,
                command: group.command,
                reason: group.failure.reason,
                code: group.failure.code,
                pattern: FailurePattern(normalising: group.failure.message).text,
                counts: counts,
                firstSeenAt: group.firstSeenAt,
                lastSeenAt: group.lastSeenAt,
                oldestKeptAt: members.filter { $0.entry.state == .kept }.map(\.entry.arrivedAt).min(),
                repeatFailures: members.reduce(0) { $0 + $1.entry.repeatFailures },
                inflow: (first...last).map { group.inflow[$0] ?? 0 },
                note: group.note,
                notedBy: group.notedBy,
                notedAt: group.notedAt
            )
        }
        let sorted = found.sorted { $1.position.isBefore($0.position) }
        let rest = filter.after.map { position in sorted.filter { $0.position.isBefore(position) } } ?? sorted
        return Array(rest.prefix(filter.limit))
    }
}

extension LetterEntry {
    /// The entry that a letter begins as.
    fileprivate init(_ letter: ArrivedLetter, at time: Timestamp) {
        self.init(
            id: letter.id,
            groupID: letter.groupID,
            state: .kept,
            command: letter.command,
            failure: letter.failure,
            origin: letter.origin,
            caller: letter.caller,
            topic: letter.topic,
            arrivedAt: time,
            changedAt: time,
            arrivals: 1,
            repeatFailures: 0,
            revision: 0,
            job: nil,
            bodyByteCount: letter.message.bodyByteCount
        )
    }
}

extension GroupPosition {
    /// Whether the list comes to it later.
    fileprivate func isBefore(_ other: GroupPosition) -> Bool {
        (keptCount, lastSeenAt, id.bits) < (other.keptCount, other.lastSeenAt, other.id.bits)
    }
}

extension LetterFailure {
    fileprivate func says(_ text: String?) -> Bool {
        guard let text, !text.isEmpty else { return true }
        return (code + "\n" + FailurePattern(normalising: message).text).lowercased().contains(text.lowercased())
    }
}
