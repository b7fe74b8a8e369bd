import OrderRecovery
import OrderTestKit
import Orders
import Testing

@Suite(.timeLimit(.minutes(2)))
struct RetentionSweeperTests {
    @Test func whatIsOldGoesInSmallSteps() async throws {
        let bench = RecoveryBench()
        let letters = (0..<25).map { Sample.letter("old-\($0)") }
        _ = try await bench.store.keep(letters, at: bench.clock.now)
        let audit = AuditEntry(at: bench.clock.now, actor: AuditActor(Sample.operator()), action: .discard)
        _ = try await bench.store.discard(.matching(LetterFilter()), within: .all, audit: audit)
        _ = try await bench.store.keep([Sample.letter("waits")], at: bench.clock.now)
        var settings = RetentionSettings()
        settings.stepSize = 10
        let sweeper = RetentionSweeper(
            letters: bench.store,
            jobs: bench.store,
            audit: bench.store,
            clock: bench.recoveryClock,
            observer: QuietObserver(),
            settings: settings
        )
        bench.clock.advance(by: settings.settledLetters)
        await sweeper.sweep()
        let before = try await bench.store.list(LetterFilter(), within: .all, after: nil, limit: 99)
        #expect(before.letters.count == 26)
        bench.clock.advance(by: .seconds(1))
        await bench.clock.hurry { await sweeper.sweep() }
        let page = try await bench.store.list(LetterFilter(), within: .all, after: nil, limit: 99)
        #expect(page.letters.map(\.id) == [Sample.letter("waits").id])
        #expect(bench.clock.requestedSleeps.count { $0 == settings.stepPause } == 2)
        #expect(bench.store.auditRecords.last?.entry.action == .retire)
        #expect(bench.store.auditRecords.last?.entry.details.first == AuditDetail("letters", "25"))
    }
}
