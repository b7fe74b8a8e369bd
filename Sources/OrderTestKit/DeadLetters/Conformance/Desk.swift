internal import Orders
internal import Testing

/// An operator at work, and the stores.
struct Desk: Sendable {
    let letters: any DeadLetterStore
    let jobs: any ReplayJobStore
    let otherJobs: any ReplayJobStore
    let audit: any AuditLog
    let who = Sample.operator()
    let runner = "runner-1"

    init(_ subject: DeadLettersUnderTest) {
        letters = subject.letters
        jobs = subject.jobs
        otherJobs = subject.otherJobs
        audit = subject.audit
    }

    func time(_ second: Int64) -> Timestamp {
        Timestamp(milliseconds: Sample.moment.milliseconds + second * 1000)
    }

    func entry(_ action: AuditAction, at second: Int64 = 0) -> AuditEntry {
        AuditEntry(at: time(second), actor: AuditActor(who), action: action, reason: "test", address: "127.0.0.1")
    }

    /// Keeps letters, one a second, so that the last is the newest.
    @discardableResult
    func keep(_ arrived: ArrivedLetter...) async throws -> [LetterID] {
        for (second, letter) in arrived.enumerated() {
            _ = try await letters.keep([letter], at: time(Int64(second)))
        }
        return arrived.map(\.id)
    }

    /// All that fit, over all pages.
    func list(
        _ filter: LetterFilter = LetterFilter(),
        within reach: TenantReach = .all,
        limit: Int = 100
    ) async throws -> [LetterID] {
        var (found, position) = ([LetterID](), LetterPosition?.none)
        repeat {
            let page = try await letters.list(filter, within: reach, after: position, limit: limit)
            #expect(page.letters.count <= limit)
            found += page.letters.map(\.id)
            position = page.next
        } while position != nil
        return found
    }

    func shown(_ id: LetterID) async throws -> LetterEntry? {
        try await letters.show(id, within: .all)?.letter.entry
    }

    func plan(
        _ selection: LetterSelection,
        id: ReplayJobID = .random(),
        by who: Operator? = nil,
        ladder: ReplayLadder = ReplayLadder()
    ) -> ReplayPlan {
        ReplayPlan(
            id: id,
            selection: selection,
            reason: "the release was mended",
            ladder: ladder,
            orderedBy: who ?? self.who,
            orderedAt: time(100)
        )
    }

    /// Orders a replay that there is something for.
    func order(_ plan: ReplayPlan) async throws -> ReplayJob {
        try #require(try await ordering(plan).job)
    }

    func ordering(_ plan: ReplayPlan, on jobs: (any ReplayJobStore)? = nil) async throws -> ReplayOrdering {
        let jobs = jobs ?? self.jobs
        for _ in 0..<20 {
            do {
                return try await jobs.create(plan, audit: entry(.orderReplay, at: 100))
            } catch {
                guard error.kind == .contended else { throw error }
            }
        }
        return try await jobs.create(plan, audit: entry(.orderReplay, at: 100))
    }

    /// Leases the only job there is, and takes messages of it.
    func take(_ count: Int, of id: ReplayJobID) async throws -> [ReplayItem] {
        _ = try await jobs.lease(by: runner, for: .seconds(600))
        return try await jobs.take(count, of: id, by: runner, at: time(110))
    }

    func end(_ item: ReplayItem, of id: ReplayJobID, _ result: ReplayResult) async throws {
        let note = RefusalNote(release: "1.0.1", details: #"[{"field":"a","message":"must be b"}]"#)
        try await jobs.record([ReplayEnding(item, result, at: time(120), note: note)], of: id, at: time(120))
    }

    /// Controls a job, and tells in which state it is then.
    func tell(_ id: ReplayJobID, _ control: ReplayControl) async throws -> ReplayJobState? {
        let audit = entry(AuditAction(control), at: 200)
        return try await jobs.control(id, control, within: .all, audit: audit)?.state
    }

    func retire(settledBefore: Int64, keptBefore: Int64, limit: Int) async throws -> Int {
        try await letters.retire(settledBefore: time(settledBefore), keptBefore: time(keptBefore), limit: limit)
    }

    func records(_ filter: AuditFilter, within reach: TenantReach = .all) async throws -> [Int64] {
        try await audit.list(filter, within: reach).map(\.sequence)
    }
}
