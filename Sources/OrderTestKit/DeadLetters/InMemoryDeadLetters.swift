package import Orders

/// Dead letters, replay jobs and the audit in memory: one object is all three ports.
package final class InMemoryDeadLetters: Sendable {
    struct Letter: Sendable {
        var entry: LetterEntry
        let message: LetterMessage
        var revisions: [LetterRevision] = []
        var moves: [LetterMove] = []

        var current: LetterMessage { revisions.last?.message ?? message }
    }

    struct Group: Sendable {
        let tenant: String?
        let command: String
        let failure: LetterFailure
        var firstSeenAt: Timestamp
        var lastSeenAt: Timestamp
        var inflow: [Int64: Int] = [:]
        var note = GroupNote()
        var notedBy: String?
        var notedAt: Timestamp?
    }

    struct Job: Sendable {
        let plan: ReplayPlan
        var state = ReplayJobState.running
        var changedAt: Timestamp
        var step = 0
        var records: [ReplayRecord] = []
        var remark: String?
        var runner: String?
        var leasedUntil = Duration.zero
    }

    struct State: Sendable {
        var letters: [LetterID: Letter] = [:]
        var groups: [GroupID: Group] = [:]
        var jobs: [ReplayJobID: Job] = [:]
        var audit: [AuditRecord] = []
        var anchor = AuditLink.origin
        /// How many of the next calls fail, as if the database were away.
        var outages = 0
        var isAway = false
        /// What cannot be stored.
        var refuses: @Sendable (ArrivedLetter) -> Bool = { _ in false }
    }

    let state = Watched(State())
    let uptime: @Sendable () -> Duration

    /// Makes an empty store.
    ///
    /// - Parameter clock: by which leases run out.
    package init(clock: ManualClock = ManualClock()) {
        uptime = { clock.uptime }
    }

    // MARK: - Faults and looks

    /// Lets every call fail until ``comeBack()``.
    package func goAway() {
        state.change { $0.isAway = true }
    }

    package func comeBack() {
        state.change { $0.isAway = false }
    }

    /// Lets the store reject a batch in which there is such a letter.
    package func refuse(_ condition: @escaping @Sendable (ArrivedLetter) -> Bool) {
        state.change { $0.refuses = condition }
    }

    /// Waits until so many letters are kept.
    package func waitForLetters(_ count: Int) async {
        await state.wait { $0.letters.count >= count ? () : nil }
    }

    /// Waits until a job is as wanted.
    package func waitForJob(_ id: ReplayJobID, _ condition: @escaping @Sendable (ReplayJob) -> Bool) async {
        await state.wait { state in
            guard let job = state.job(id), condition(job) else { return nil as Void? }
            return ()
        }
    }

    package var auditRecords: [AuditRecord] { state.current.audit }

    func change<Value: Sendable>(_ body: (inout State) -> Value) throws(StoreError) -> Value {
        try state.change { state throws(StoreError) in
            if state.isAway { throw StoreError(.unavailable, "the store is away") }
            return body(&state)
        }
    }
}

extension InMemoryDeadLetters.State {
    @discardableResult
    mutating func append(_ entry: AuditEntry) -> AuditRecord {
        let record = (audit.last?.link ?? anchor).next(entry)
        audit.append(record)
        return record
    }

    mutating func see(_ id: GroupID, _ entry: LetterEntry, at time: Timestamp) {
        var group =
            groups[id]
            ?? InMemoryDeadLetters.Group(
                tenant: entry.caller?.tenant,
                command: entry.command,
                failure: entry.failure,
                firstSeenAt: time,
                lastSeenAt: time
            )
        group.firstSeenAt = min(group.firstSeenAt, time)
        group.lastSeenAt = max(group.lastSeenAt, time)
        groups[id] = group
    }

    func isFree(_ letter: InMemoryDeadLetters.Letter) -> Bool {
        letter.entry.state == .kept && groups[letter.entry.groupID]?.note.isOnHold != true
    }

    /// The letters that are meant, newest first.
    func selected(_ selection: LetterSelection, within reach: TenantReach) -> [InMemoryDeadLetters.Letter] {
        let chosen: [InMemoryDeadLetters.Letter] =
            switch selection {
            case .letters(let ids): Set(ids).compactMap { letters[$0] }
            case .matching(let filter): letters.values.filter { filter.meets($0) }
            case .failed(let job):
                (jobs[job]?.records ?? []).filter { $0.state == .failed }.compactMap { letters[$0.letter] }
            }
        return chosen.filter { reach.includes($0.entry.caller?.tenant) }.sorted { $0.entry.isNewer(than: $1.entry) }
    }
}

extension LetterEntry {
    func isNewer(than other: LetterEntry) -> Bool {
        (arrivedAt, id) > (other.arrivedAt, other.id)
    }
}
