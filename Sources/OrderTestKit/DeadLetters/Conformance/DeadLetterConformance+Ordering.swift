internal import Orders
internal import Testing

extension DeadLetterConformance {
    static let ordering = [
        DeadLetterCase("a dry run says what an order would do, and does nothing", dryRun),
        DeadLetterCase("an order takes what waits, oldest first", order),
        DeadLetterCase("the same order twice is one job", orderTwice),
        DeadLetterCase("a letter is in at most one replay, however many race for it", racingOrders),
        DeadLetterCase("a group on hold is in no replay", onHold),
        DeadLetterCase("a group that is put on hold leaves the replays under way", heldUnderWay),
        DeadLetterCase("the same id with another order is refused", orderOther),
        DeadLetterCase("an order that has nothing to do leaves nothing", emptyOrder),
        DeadLetterCase("pause, resume and cancel do what they say", control),
        DeadLetterCase("what failed can be ordered again", orderFailed),
        DeadLetterCase("jobs are listed newest first, each once", listJobs),
    ]

    @Sendable private static func dryRun(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b", caller: nil), Sample.letter("c"))
        let others = ["d", "e"].map { Sample.letter($0, caller: Sample.caller(tenant: "umbrella")) }
        _ = try await desk.letters.keep(others, at: desk.time(1))
        _ = try await desk.letters.discard(.letters([ids[2]]), within: .all, audit: desk.entry(.discard))
        let preview = try await desk.jobs.preview(.matching(LetterFilter()), within: .all, sample: 1)
        #expect(preview.count == 4)
        #expect(preview.leftOut.settled == 1 && preview.leftOut.total == 1)
        #expect(preview.withoutCaller == 1)
        #expect(preview.tenants.map(\.tenant) == ["umbrella", Sample.caller().tenant])
        #expect(preview.tenants.map(\.count) == [2, 1])
        #expect(preview.sample.map(\.id) == [ids[0]])
        #expect(try await desk.shown(ids[0])?.state == .kept)
    }

    @Sendable private static func order(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b", code: "X"), Sample.letter("c"))
        let plan = desk.plan(.matching(LetterFilter(code: "INTERNAL")))
        let job = try await desk.order(plan)
        #expect(job.state == .running)
        #expect(job.counts == ReplayCounts(waiting: 2))
        #expect(job.rate == plan.rate)
        #expect(job.ladder == plan.ladder)
        #expect(job.stopRule == plan.stopRule)
        #expect(job.orderedBy == desk.who)
        let records = try await desk.jobs.records(of: job.id, states: [], after: 0, limit: 10)
        #expect(records.map(\.letter) == [ids[0], ids[2]])
        #expect(records.map(\.position) == [1, 2])
        #expect(try await desk.shown(ids[0])?.state == .replaying)
        #expect(try await desk.shown(ids[0])?.job == job.id)
        #expect(try await desk.shown(ids[1])?.state == .kept)
        let audit = try await desk.audit.list(AuditFilter(action: .orderReplay), within: .all)
        #expect(audit.map(\.entry.details) == [[AuditDetail("letters", "2")]])
    }

    @Sendable private static func orderTwice(_ desk: Desk) async throws {
        try await desk.keep(Sample.letter("a"))
        let plan = desk.plan(.matching(LetterFilter()))
        let first = try await desk.order(plan)
        try await desk.keep(Sample.letter("b"))
        let second = try await desk.order(plan)
        #expect(second.id == first.id)
        #expect(second.counts.total == 1)
        #expect(try await desk.audit.list(AuditFilter(action: .orderReplay), within: .all).count == 1)
    }

    @Sendable private static func racingOrders(_ desk: Desk) async throws {
        let letters = (0..<60).map { Sample.letter("race-\($0)") }
        _ = try await desk.letters.keep(letters, at: desk.time(0))
        let plans = (0..<4).map { _ in desk.plan(.matching(LetterFilter())) }
        async let one = desk.ordering(plans[0], on: desk.jobs)
        async let two = desk.ordering(plans[1], on: desk.otherJobs)
        async let three = desk.ordering(plans[2], on: desk.otherJobs)
        async let four = desk.ordering(plans[3], on: desk.jobs)
        let jobs = try await [one, two, three, four].compactMap(\.job)
        #expect(jobs.map(\.counts.total).reduce(0, +) == 60)
        var taken: [LetterID] = []
        for job in jobs {
            taken += try await desk.jobs.records(of: job.id, states: [], after: 0, limit: 100).map(\.letter)
        }
        #expect(Set(taken).count == 60)
        #expect(taken.count == 60)
    }

    @Sendable private static func onHold(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b", code: "X"))
        let group = try #require(try await desk.shown(ids[0])).groupID
        let hold = GroupNoteChange(isOnHold: true)
        #expect(try await desk.letters.annotate(group, hold, by: desk.who, audit: desk.entry(.annotate)))
        let preview = try await desk.jobs.preview(.letters(ids + [LetterID(bits: 7)]), within: .all, sample: 0)
        #expect(preview.count == 1)
        #expect(preview.leftOut.onHold == 1 && preview.leftOut.unknown == 1 && preview.leftOut.total == 2)
        let job = try await desk.order(desk.plan(.letters(ids)))
        #expect(try await desk.jobs.records(of: job.id, states: [], after: 0, limit: 9).map(\.letter) == [ids[1]])
    }

    @Sendable private static func heldUnderWay(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b"), Sample.letter("c", code: "X"))
        let job = try await desk.order(desk.plan(.letters(ids)))
        let taken = try await desk.take(1, of: job.id)
        let group = try #require(try await desk.shown(ids[1])).groupID
        let hold = GroupNoteChange(isOnHold: true)
        let stranger = Sample.operator(reach: .one("umbrella"))
        #expect(try await !desk.letters.annotate(group, hold, by: stranger, audit: desk.entry(.annotate)))
        #expect(try await desk.shown(ids[1])?.state == .replaying)
        #expect(try await desk.letters.annotate(group, hold, by: desk.who, audit: desk.entry(.annotate, at: 115)))
        #expect(try await desk.shown(ids[0])?.state == .replaying, "it was sent: its result is still to come")
        #expect(try await desk.shown(ids[1])?.state == .kept)
        #expect(try await desk.shown(ids[1])?.changedAt == desk.time(115))
        let counts = ReplayCounts(waiting: 1, taken: 1, released: 1)
        #expect(try await desk.jobs.job(job.id, within: .all)?.counts == counts)
        #expect(try await desk.take(9, of: job.id).map(\.entry.id) == [ids[2]])
        try await desk.end(taken[0], of: job.id, .succeeded(status: 201, isReplay: false))
        let noted = try await desk.audit.list(AuditFilter(action: .annotate), within: .all)
        #expect(noted.map(\.entry.details) == [[AuditDetail("let-go", "1")]])
        #expect(try await desk.ordering(desk.plan(.letters([ids[1]]))) == .nothing)
    }

    @Sendable private static func emptyOrder(_ desk: Desk) async throws {
        let plan = desk.plan(.letters([LetterID(bits: 7)]))
        #expect(try await desk.ordering(plan) == .nothing)
        #expect(try await desk.jobs.job(plan.id, within: .all) == nil)
        #expect(try await desk.jobs.lease(by: desk.runner, for: .seconds(60)) == nil)
        #expect(try await desk.audit.list(AuditFilter(), within: .all).isEmpty)
        let ids = try await desk.keep(Sample.letter("a"))
        let job = try await desk.order(desk.plan(.letters(ids), id: plan.id))
        #expect(job.counts.total == 1, "the id is free")
    }

    @Sendable private static func orderOther(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b"))
        let plan = desk.plan(.letters([ids[0]]), ladder: ReplayLadder(first: 2))
        #expect(try await desk.order(plan).ladder == plan.ladder)
        let others = [
            desk.plan(.letters(ids), id: plan.id, ladder: plan.ladder), desk.plan(plan.selection, id: plan.id),
            desk.plan(plan.selection, id: plan.id, by: Sample.operator(reach: .one("umbrella")), ladder: plan.ladder),
        ]
        for other in others { #expect(try await desk.ordering(other) == .conflict) }
        #expect(try await desk.audit.list(AuditFilter(action: .orderReplay), within: .all).count == 1)
        #expect(try await desk.shown(ids[1])?.state == .kept)
    }

    @Sendable private static func control(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b"))
        let job = try await desk.order(desk.plan(.letters(ids)))
        #expect(try await desk.tell(job.id, .pause) == .paused)
        #expect(try await desk.take(1, of: job.id).isEmpty)
        #expect(try await desk.tell(job.id, .resume) == .running)
        let taken = try await desk.take(1, of: job.id)
        #expect(taken.count == 1)
        #expect(try await desk.tell(job.id, .cancel) == .cancelled)
        #expect(try await desk.tell(job.id, .resume) == .cancelled)
        let outcomes = try await desk.audit.list(AuditFilter(action: .resumeReplay), within: .all)
        #expect(outcomes.map(\.entry.outcome) == [.failed, .allowed])
        #expect(try await desk.shown(ids[0])?.state == .replaying, "it was sent: its result is still to come")
        #expect(try await desk.shown(ids[1])?.state == .kept)
        #expect(try await desk.jobs.job(job.id, within: .all)?.counts == ReplayCounts(taken: 1, released: 1))
        try await desk.end(taken[0], of: job.id, .succeeded(status: 201, isReplay: false))
        #expect(try await desk.shown(ids[0])?.state == .replayed)
        #expect(try await desk.tell(ReplayJobID(bits: 1), .pause) == nil)
    }

    @Sendable private static func orderFailed(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b"))
        let job = try await desk.order(desk.plan(.letters(ids)))
        let items = try await desk.take(2, of: job.id)
        try await desk.end(items[0], of: job.id, .succeeded(status: 201, isReplay: true))
        try await desk.end(items[1], of: job.id, .unanswered)
        let again = try await desk.order(desk.plan(.failed(in: job.id)))
        #expect(try await desk.jobs.records(of: again.id, states: [], after: 0, limit: 9).map(\.letter) == [ids[1]])
        let failed = try await desk.jobs.records(of: job.id, states: [.failed], after: 0, limit: 9)
        #expect(failed.map(\.result) == [.unanswered])
        let file = try #require(try await desk.letters.show(ids[1], within: .all))
        #expect(file.replays.map(\.job) == [job.id, again.id])
        #expect(file.letter.entry.repeatFailures == 0, "nobody said that it failed")
    }

    @Sendable private static func listJobs(_ desk: Desk) async throws {
        var ids: [ReplayJobID] = []
        // The last three in the same moment, so that the id alone tells them apart.
        for (number, second) in [0, 1, 2, 2, 2].enumerated() {
            let letter = try await desk.keep(Sample.letter("\(number)"))
            let plan = ReplayPlan(
                id: .random(),
                selection: .letters(letter),
                reason: "test",
                orderedBy: desk.who,
                orderedAt: desk.time(Int64(second))
            )
            ids.append(try await desk.order(plan).id)
        }
        var (found, position) = ([ReplayJobID](), ReplayJobPosition?.none)
        repeat {
            let page = try await desk.jobs.jobs(within: .all, after: position, limit: 1)
            found += page.map(\.id)
            position = page.last?.listPosition
        } while position != nil && found.count < 9
        #expect(found.count == 5)
        #expect(Set(found.prefix(3)) == Set(ids.suffix(3)))
        #expect(Array(found.suffix(2)) == [ids[1], ids[0]])
        #expect(try await desk.jobs.jobs(within: .one("acme"), after: nil, limit: 2).isEmpty)
        _ = try await desk.tell(ids[0], .pause)
        #expect(try await desk.jobs.jobs(in: .paused, within: .all, after: nil, limit: 1).map(\.id) == [ids[0]])
        let last = try await desk.jobs.jobs(in: .running, within: .all, after: nil, limit: 4).last
        #expect(last?.id == ids[1])
        #expect(try await desk.jobs.jobs(in: .running, within: .all, after: last?.listPosition, limit: 4).isEmpty)
    }
}
