import Testing
import orderbus

@Suite struct ProgressTests {
    private let start = ContinuousClock.now

    private func at(_ milliseconds: Int) -> ContinuousClock.Instant { start.advanced(by: .milliseconds(milliseconds)) }

    @Test func aTerminalSeesOneLineAtMostTenTimesASecond() {
        var progress = Progress(total: 200, surface: .terminal, start: start)
        #expect(progress.update(done: 1, at: at(0)) != nil)
        #expect(progress.update(done: 2, at: at(50)) == nil)
        let text = progress.update(done: 100, failed: 3, at: at(2000))
        #expect(text == "\r[############············] 100/200 50%, 3 failed, 50/s, 0:02 left\u{1B}[K")
    }

    @Test func elsewhereALineInTenSecondsAndNoEscapes() {
        var progress = Progress(total: 100, surface: .plain, start: start)
        #expect(progress.update(done: 1, at: at(5000)) == nil)
        #expect(progress.update(done: 40, at: at(10_000)) == "40/100 40%, 4/s, 0:15 left\n")
        #expect(progress.update(done: 41, at: at(11_000)) == nil)
        #expect(progress.finish(done: 100, at: at(20_000)) == "100/100 100%, 5/s\n")
    }

    @Test func anUnknownTotalCountsOnly() {
        let progress = Progress(total: nil, surface: .plain, start: start)
        #expect(progress.finish(done: 7, at: at(100)) == "7\n")
    }

    @Test func moreThanTheTotalDoesNotBreakTheBar() {
        let progress = Progress(total: 2, surface: .terminal, start: start)
        #expect(progress.finish(done: 5, at: at(0)).contains("5/2 100%"))
    }
}
