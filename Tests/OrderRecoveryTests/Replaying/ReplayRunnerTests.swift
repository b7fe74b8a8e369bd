import OrderRecovery
import OrderTestKit
import Orders
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ReplayRunnerTests {
    @Test func aJobIsSentOnceAndFinished() async throws {
        let bench = RecoveryBench()
        let id = try await bench.order(40)
        await bench.run({ await bench.runner().run() }, during: { await bench.store.waitForJob(id) { $0.isOver } })
        let job = try #require(try await bench.store.job(id, within: .all))
        #expect(job.state == .finished)
        #expect(job.counts == ReplayCounts(succeeded: 40))
        #expect(Set(bench.sender.sentLetters).count == 40)
        #expect(bench.sender.sent.count == 40)
        #expect(bench.sender.sent.allSatisfy { $0.authorization == "Bearer operator" && $0.caller == Sample.caller() })
        #expect(try await bench.count(.replayed) == 40)
        let actions = bench.store.auditRecords.map(\.entry.action)
        #expect(actions.first == .orderReplay)
        #expect(actions.last == .finishReplay)
        let noted = bench.store.auditRecords.filter { $0.entry.action == .sendReplay }
            .flatMap(\.entry.details).filter { $0.name == "letters" }
            .flatMap { $0.value.split(separator: " ") }
        #expect(noted.map(String.init).sorted() == bench.sender.sentLetters.map(\.description).sorted())
    }

    @Test func aGroupThatStillFailsStopsAtTheFirst() async throws {
        let refusal = ReplayResult.refused(status: 500, code: "INTERNAL", message: "again")
        let bench = RecoveryBench { _, _ in .ended(refusal, note: RefusalNote(release: "1.4.3")) }
        let id = try await bench.order(40)
        await bench.run(
            { await bench.runner().run() },
            during: { await bench.store.waitForJob(id) { $0.state == .stopped } }
        )
        #expect(bench.sender.sent.count == 1)
        let job = try #require(try await bench.store.job(id, within: .all))
        #expect(job.remark == "1 of 1 failed again")
        #expect(job.counts == ReplayCounts(waiting: 39, failed: 1))
        #expect(bench.store.auditRecords.last?.entry.action == .stopReplay)
        let again = LetterFilter(release: "1.4.3", hasFailedAgain: true)
        #expect(try await bench.store.list(again, within: .all, after: nil, limit: 9).letters.count == 1)
    }

    @Test func theRateIsKept() async throws {
        let bench = RecoveryBench()
        let id = try await bench.order(31, rate: 10)
        let began = bench.clock.uptime
        await bench.run({ await bench.runner().run() }, during: { await bench.store.waitForJob(id) { $0.isOver } })
        #expect(bench.clock.uptime - began >= .seconds(3))
    }

    @Test func aJobWithoutATokenWaitsForOne() async throws {
        let bench = RecoveryBench()
        bench.authority.lend(nil)
        let id = try await bench.order(3)
        await bench.run(
            { await bench.runner().run() },
            during: {
                await bench.store.waitForJob(id) { $0.remark == "waits for an operator's token" }
                bench.authority.lend("Bearer late")
                await bench.store.waitForJob(id) { $0.isOver }
            }
        )
        #expect(bench.sender.sent.map(\.authorization) == Array(repeating: "Bearer late", count: 3))
    }

    @Test func auditNamesWhoseTokenIsSent() async throws {
        let bench = RecoveryBench()
        let lender = Operator(clientID: "ops", subject: "bob", tenant: "platform", reach: .all, scopes: [.replay])
        let runner = bench.runner(authority: FixedAuthority("Bearer bob", of: lender))
        let id = try await bench.order(3)
        await bench.run({ await runner.run() }, during: { await bench.store.waitForJob(id) { $0.isOver } })
        let sent = bench.store.auditRecords.map(\.entry).filter { $0.action == .sendReplay }
        #expect(!sent.isEmpty && sent.allSatisfy { $0.actor.subject == "bob" })
    }

    /// Else the console that has no token could take the job from the one that has, each time that it is due.
    @Test func aJobGoesToTheConsoleThatHasTheToken() async throws {
        let bench = RecoveryBench()
        let id = try await bench.order(3)
        let stranger = bench.runner("console-0", authority: FixedAuthority(nil))
        let task = Task { await stranger.run() }
        // No time passes: it does not come back, and keeps the job from nobody.
        await bench.store.waitForJob(id) { $0.remark == "waits for an operator's token" }
        #expect(try await bench.store.lease(by: "console-1/1", for: .seconds(1))?.id == id)
        task.cancel()
        await task.value
    }

    @Test func anOutageOfTheBrokerIsNobodysFailure() async throws {
        let bench = RecoveryBench()
        bench.sender.goAway()
        let id = try await bench.order(6)
        await bench.run(
            { await bench.runner().run() },
            during: {
                await bench.store.waitForJob(id) { $0.counts.taken == 1 }
                bench.sender.comeBack()
                await bench.store.waitForJob(id) { $0.isOver }
            }
        )
        #expect(try await bench.store.job(id, within: .all)?.counts == ReplayCounts(succeeded: 6))
    }

    @Test func whatIsNotAnsweredIsSentAgainAFewTimes() async throws {
        let bench = RecoveryBench { _, earlier in
            earlier < 2 ? .unanswered : .ended(.succeeded(status: 201, isReplay: true))
        }
        let id = try await bench.order(1)
        await bench.run({ await bench.runner().run() }, during: { await bench.store.waitForJob(id) { $0.isOver } })
        #expect(bench.sender.sent.count == 3)
        #expect(try await bench.store.job(id, within: .all)?.counts.succeeded == 1)
    }

    @Test func whatIsNeverAnsweredWaitsForSomebodyAgain() async throws {
        let bench = RecoveryBench { _, _ in .unanswered }
        let id = try await bench.order(1)
        await bench.run(
            { await bench.runner().run() },
            during: { await bench.store.waitForJob(id) { $0.state == .stopped } }
        )
        #expect(bench.sender.sent.count == bench.settings.sendLimit)
        let records = try await bench.store.records(of: id, states: [], after: 0, limit: 9)
        #expect(records.map(\.result) == [.unanswered])
        #expect(try await bench.count(.kept) == 1)
    }

    /// Else it was sent again for minutes although it waited for somebody already.
    @Test func whatComesBackIsNotWaitedFor() async throws {
        let bench = RecoveryBench { _, _ in nil }
        let id = try await bench.order(1)
        await bench.run(
            { await bench.runner().run() },
            during: {
                await bench.sender.waitUntilSent(1)
                let returned = Sample.letter("letter-0", code: "NO_ROUTE", isDated: false, replay: id)
                _ = try? await bench.store.keep([returned], at: bench.clock.now)
                await bench.store.waitForJob(id) { $0.state == .stopped }
            }
        )
        let job = try #require(try await bench.store.job(id, within: .all))
        #expect(job.remark == "1 of 1 failed again" && job.counts == ReplayCounts(failed: 1))
        #expect(bench.sender.sent.count < bench.settings.sendLimit)
    }

    @Test func aRefusedTokenSaysNothingOfTheLetter() async throws {
        let bench = RecoveryBench { _, _ in .ended(.refused(status: 401, code: "INVALID_TOKEN", message: "expired")) }
        let id = try await bench.order(1)
        await bench.run(
            { await bench.runner().run() },
            during: { await bench.store.waitForJob(id) { $0.state == .stopped } }
        )
        let page = try await bench.store.list(LetterFilter(), within: .all, after: nil, limit: 9)
        #expect(page.letters.map(\.failure.code) == ["INTERNAL"])
        #expect(page.letters.map(\.repeatFailures) == [0])
    }

    @Test(arguments: [([String](), "INSUFFICIENT_SCOPE", 1), (["orders:write"], "INTERNAL", 0)])
    func aRefusalForWantOfScopeIsTheLettersIfItsSenderLackedIt(
        scopes: [String],
        code: String,
        repeatFailures: Int
    ) async throws {
        let bench = RecoveryBench { _, _ in
            .ended(.refused(status: 403, code: "INSUFFICIENT_SCOPE", message: "The token lacks the scope"))
        }
        let id = try await bench.order(1, caller: Sample.caller(scopes: scopes))
        await bench.run(
            { await bench.runner().run() },
            during: { await bench.store.waitForJob(id) { $0.state == .stopped } }
        )
        let page = try await bench.store.list(LetterFilter(), within: .all, after: nil, limit: 9)
        #expect(page.letters.map(\.failure.code) == [code])
        #expect(page.letters.map(\.repeatFailures) == [repeatFailures])
    }

    @Test func anotherRunnerGoesOnWhereOneWasStopped() async throws {
        let answers = Watched(false)
        let bench = RecoveryBench { _, _ in
            answers.current ? .ended(.succeeded(status: 201, isReplay: true)) : nil
        }
        let id = try await bench.order(20)
        await bench.run({ await bench.runner("one").run() }, during: { await bench.sender.waitUntilSent(1) })
        #expect(try await bench.store.job(id, within: .all)?.counts.taken == 1)
        answers.change { $0 = true }
        await bench.run({ await bench.runner("two").run() }, during: { await bench.store.waitForJob(id) { $0.isOver } })
        #expect(bench.sender.sent.count == 21, "the one in doubt was sent again")
        #expect(try await bench.store.job(id, within: .all)?.counts == ReplayCounts(succeeded: 20))
        let records = try await bench.store.records(of: id, states: [], after: 0, limit: 99)
        #expect(records.map(\.sends).reduce(0, +) == 21)
    }

    @Test func severalRunnersSendEveryMessageOnce() async throws {
        // The bench's clock runs ahead of a runner that waits for a processor: none of them is dead.
        let bench = RecoveryBench(lease: .seconds(1_000_000))
        let ids = [try await bench.order(30), try await bench.order(60)]
        await bench.run(
            {
                await withTaskGroup { group in
                    for name in ["one", "two", "three"] { group.addTask { await bench.runner(name).run() } }
                }
            },
            during: { for id in ids { await bench.store.waitForJob(id) { $0.isOver } } }
        )
        #expect(bench.sender.sent.count == Set(bench.sender.sentLetters).count)
        #expect(bench.sender.sent.count == 60, "the second order took what was free")
    }

    @Test func aPausedJobSendsNoMoreUntilItIsResumed() async throws {
        let bench = RecoveryBench()
        let id = try await bench.order(200, rate: 20)
        await bench.run(
            { await bench.runner().run() },
            during: {
                await bench.sender.waitUntilSent(10)
                try? await bench.control(id, .pause)
                await bench.store.waitForJob(id) { $0.runner == nil }
            }
        )
        let sent = bench.sender.sent.count
        #expect(sent < 200)
        #expect(try await bench.store.job(id, within: .all)?.counts.taken == 0)
        try await bench.control(id, .resume)
        await bench.run({ await bench.runner().run() }, during: { await bench.store.waitForJob(id) { $0.isOver } })
        #expect(bench.sender.sent.count == 200)
    }

    @Test func aLetterThatNobodySentIsNotSent() async throws {
        let bench = RecoveryBench()
        _ = try await bench.store.keep([Sample.letter("nobody", caller: nil)], at: bench.clock.now)
        let id = try await bench.order(0)
        await bench.run(
            { await bench.runner().run() },
            during: { await bench.store.waitForJob(id) { $0.state == .stopped } }
        )
        #expect(bench.sender.sent.isEmpty)
        let records = try await bench.store.records(of: id, states: [], after: 0, limit: 9)
        #expect(records.first?.result?.name == "not-sent")
    }
}

extension ReplayJob {
    var isOver: Bool { state == .finished }
}
