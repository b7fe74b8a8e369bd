internal import Orders
internal import Testing

extension DeadLetterConformance {
    static let running = [
        DeadLetterCase("a job has one runner at a time", oneRunner),
        DeadLetterCase("results settle letters, and the first one stands", results),
        DeadLetterCase("a refusal moves its letter to the new failure's group", refusals),
        DeadLetterCase("another runner takes again what has no result", takenAgain),
        DeadLetterCase("steps are counted one by one", steps),
        DeadLetterCase("a job that stopped can go on", stopped),
        DeadLetterCase("a released job rests for as long as was said", released),
    ]

    @Sendable private static func oneRunner(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"))
        let job = try await desk.order(desk.plan(.letters(ids)))
        #expect(try await desk.jobs.lease(by: "one", for: .seconds(600))?.id == job.id)
        #expect(try await desk.otherJobs.lease(by: "two", for: .seconds(600)) == nil)
        try await desk.jobs.release(job.id, by: "one", pause: .zero, remark: nil)
        #expect(try await desk.jobs.lease(by: "one", for: .seconds(600), except: [job.id]) == nil)
        #expect(try await desk.jobs.lease(by: "one", for: .seconds(600), except: [])?.id == job.id)
        #expect(try await desk.otherJobs.take(1, of: job.id, by: "two", at: desk.time(1)).isEmpty)
        #expect(try await desk.otherJobs.takeAgain(of: job.id, by: "two").isEmpty)
        #expect(try await desk.otherJobs.renew(job.id, by: "two", for: .seconds(600)) == nil)
        try await desk.otherJobs.release(job.id, by: "two", pause: .zero, remark: "stolen")
        #expect(try await desk.jobs.renew(job.id, by: "one", for: .seconds(600))?.runner == "one")
        #expect(try await desk.jobs.take(1, of: job.id, by: "one", at: desk.time(1)).count == 1)
        #expect(try await desk.jobs.renew(job.id, by: "one", for: .zero) != nil)
        #expect(try await desk.otherJobs.lease(by: "two", for: .seconds(600))?.runner == "two")
        #expect(try await desk.jobs.renew(job.id, by: "one", for: .seconds(600)) == nil)
        #expect(try await desk.jobs.takeAgain(of: job.id, by: "one").isEmpty)
        #expect(try await desk.otherJobs.takeAgain(of: job.id, by: "two").map(\.earlierSends) == [1])
    }

    @Sendable private static func results(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b"), Sample.letter("c"))
        let job = try await desk.order(desk.plan(.letters(ids)))
        let items = try await desk.take(2, of: job.id)
        #expect(items.map(\.entry.id) == [ids[0], ids[1]])
        let endings = [
            ReplayEnding(items[0], .succeeded(status: 201, isReplay: true), at: desk.time(120)),
            ReplayEnding(items[1], .notSent(reason: "no caller"), at: desk.time(120)),
        ]
        try await desk.jobs.record(endings, of: job.id, at: desk.time(120))
        try await desk.end(items[0], of: job.id, .unanswered)
        #expect(try await desk.shown(ids[0])?.state == .replayed)
        #expect(try await desk.shown(ids[0])?.changedAt == desk.time(120))
        #expect(try await desk.shown(ids[1])?.state == .kept)
        #expect(try await desk.shown(ids[1])?.failure.code == "INTERNAL")
        #expect(try await desk.shown(ids[1])?.failure.release == "1.0.0", "nobody has judged it again")
        let records = try await desk.jobs.records(of: job.id, states: [], after: 0, limit: 9)
        #expect(records.map(\.state) == [.succeeded, .failed, .waiting])
        #expect(records.map(\.result) == [.succeeded(status: 201, isReplay: true), .notSent(reason: "no caller"), nil])
        #expect(records[0].takenAt == desk.time(110))
        #expect(records[0].endedAt == desk.time(120))
        let now = try #require(try await desk.jobs.job(job.id, within: .all))
        #expect(now.counts == ReplayCounts(waiting: 1, succeeded: 1, failed: 1))
        let groups = try await desk.letters.groups(GroupFilter(), within: .all, at: desk.time(0))
        #expect(groups.map { $0.counts.filter { $0.value > 0 } } == [[.kept: 1, .replaying: 1, .replayed: 1]])
    }

    @Sendable private static func refusals(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b"))
        let job = try await desk.order(desk.plan(.letters(ids)))
        let refused = ReplayResult.refused(status: 400, code: "ORDER_VALIDATION_FAILED", message: "id a1 is wrong")
        for item in try await desk.take(2, of: job.id) { try await desk.end(item, of: job.id, refused) }
        let entry = try #require(try await desk.shown(ids[0]))
        #expect(entry.state == .kept)
        #expect(entry.repeatFailures == 1)
        #expect(entry.failure.code == "ORDER_VALIDATION_FAILED")
        #expect(entry.failure.attempts == 2)
        #expect(entry.failure.lastFailedAt == desk.time(120))
        #expect(entry.failure.release == "1.0.1", "the one that refused it again")
        #expect(entry.failure.details == #"[{"field":"a","message":"must be b"}]"#)
        #expect(try await desk.list(LetterFilter(hasFailedAgain: true)) == [ids[1], ids[0]])
        let groups = try await desk.letters.groups(GroupFilter(isOpen: true), within: .all, at: desk.time(120))
        #expect(groups.map(\.id) == [entry.groupID])
        #expect(groups.first?.pattern == "id … is wrong")
        #expect(groups.first?.repeatFailures == 2)
        #expect(groups.first?.count(.kept) == 2)
        let records = try await desk.jobs.records(of: job.id, states: [.failed], after: 0, limit: 9)
        #expect(records.map(\.result) == [refused, refused])
    }

    @Sendable private static func takenAgain(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b"))
        let job = try await desk.order(desk.plan(.letters(ids)))
        let items = try await desk.take(2, of: job.id)
        try await desk.end(items[0], of: job.id, .succeeded(status: 201, isReplay: false))
        try await desk.jobs.release(job.id, by: desk.runner, pause: .zero, remark: nil)
        let leased = try await desk.otherJobs.lease(by: "another", for: .seconds(600))
        #expect(leased?.counts.taken == 1)
        let again = try await desk.otherJobs.takeAgain(of: job.id, by: "another")
        #expect(again.map(\.entry.id) == [ids[1]])
        #expect(again.map(\.earlierSends) == [1])
        let records = try await desk.jobs.records(of: job.id, states: [.taken], after: 0, limit: 9)
        #expect(records.map(\.sends) == [2])
    }

    @Sendable private static func steps(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b"), Sample.letter("c"))
        let job = try await desk.order(desk.plan(.letters(ids)))
        let first = try await desk.take(1, of: job.id)
        try await desk.end(first[0], of: job.id, .succeeded(status: 201, isReplay: false))
        try await desk.jobs.advance(job.id, toStep: 1, by: desk.runner)
        try await desk.jobs.advance(job.id, toStep: 1, by: desk.runner)
        try await desk.jobs.advance(job.id, toStep: 2, by: "another")
        _ = try await desk.jobs.take(5, of: job.id, by: desk.runner, at: desk.time(110))
        let now = try #require(try await desk.jobs.job(job.id, within: .all))
        #expect(now.step == 1)
        #expect(now.stepCounts == ReplayCounts(taken: 2))
        #expect(now.counts == ReplayCounts(taken: 2, succeeded: 1))
        #expect(try await desk.jobs.records(of: job.id, states: [], after: 0, limit: 9).map(\.step) == [0, 1, 1])
    }

    @Sendable private static func stopped(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b"))
        let job = try await desk.order(desk.plan(.letters(ids)))
        _ = try await desk.jobs.lease(by: desk.runner, for: .seconds(600))
        let audit = desk.entry(.stopReplay, at: 130)
        try await desk.jobs.conclude(job.id, as: .stopped, remark: "no", by: "another", audit: audit)
        #expect(try await desk.jobs.job(job.id, within: .all)?.state == .running)
        try await desk.jobs.conclude(job.id, as: .stopped, remark: "1 of 1", by: desk.runner, audit: audit)
        let now = try #require(try await desk.jobs.job(job.id, within: .all))
        #expect(now.state == .stopped)
        #expect(now.remark == "1 of 1")
        #expect(now.runner == nil)
        #expect(try await desk.audit.list(AuditFilter(action: .stopReplay), within: .all).count == 1)
        #expect(try await desk.jobs.lease(by: desk.runner, for: .seconds(600)) == nil)
        _ = try await desk.jobs.control(job.id, .resume, within: .all, audit: desk.entry(.resumeReplay, at: 140))
        #expect(try await desk.jobs.lease(by: desk.runner, for: .seconds(600))?.remark == nil)
    }

    @Sendable private static func released(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"))
        let job = try await desk.order(desk.plan(.letters(ids)))
        _ = try await desk.jobs.lease(by: desk.runner, for: .seconds(600))
        try await desk.jobs.release(job.id, by: desk.runner, pause: .seconds(600), remark: "waits for a token")
        #expect(try await desk.jobs.lease(by: "another", for: .seconds(600)) == nil)
        #expect(try await desk.jobs.job(job.id, within: .all)?.remark == "waits for a token")
        _ = try await desk.jobs.control(job.id, .resume, within: .all, audit: desk.entry(.resumeReplay))
        #expect(try await desk.jobs.lease(by: "another", for: .seconds(600))?.id == job.id)
    }
}
