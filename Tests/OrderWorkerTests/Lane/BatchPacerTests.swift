import Testing

@testable import OrderWorker

@Suite struct BatchPacerTests {
    /// A pacer that has seen batches of `count` every `interval`, the last of them at `now`.
    private func pacer(_ count: Int, every interval: Duration) -> (BatchPacer, now: Duration) {
        var pacer = BatchPacer()
        var now = Duration.zero
        for _ in 0..<30 {
            now += interval
            pacer.begins(count: count, at: now)
        }
        return (pacer, now)
    }

    @Test func quietStreamsAreNeverDelayed() {
        var (pacer, now) = pacer(4, every: .milliseconds(2))
        #expect(abs(pacer.rate - 2000) < 100)
        #expect(pacer.pause(waiting: 4, at: now + .milliseconds(1)) == nil)
    }

    @Test func nothingIsKnownBeforeTheFirstBatches() {
        var pacer = BatchPacer()
        #expect(pacer.pause(waiting: 500, at: .zero) == nil)
        pacer.begins(count: 500, at: .zero)
        pacer.begins(count: 500, at: .zero)
        #expect(pacer.pause(waiting: 500, at: .zero) == nil)
    }

    @Test func pouringCommandsAreGatheredUntilTheBatchesAreFarEnoughApart() {
        var (pacer, now) = pacer(20, every: .milliseconds(2))
        #expect(pacer.pause(waiting: 20, at: now + .milliseconds(2)) == .milliseconds(2))
        #expect(pacer.pause(waiting: 40, at: now + .milliseconds(4)) == .milliseconds(2))
        #expect(pacer.pause(waiting: 60, at: now + .milliseconds(7)) == .milliseconds(1))
        #expect(pacer.pause(waiting: 80, at: now + .milliseconds(8)) == nil)
    }

    @Test func aStreamThatThinsIsWaitedForNoLonger() {
        var (pacer, now) = pacer(20, every: .milliseconds(2))
        #expect(pacer.pause(waiting: 20, at: now + .milliseconds(2)) != nil)
        #expect(pacer.pause(waiting: 25, at: now + .milliseconds(4)) == nil)
    }

    @Test func quietMomentsEndThePatience() {
        var (pacer, now) = pacer(16, every: .milliseconds(2))
        for second in 1..<5 { pacer.begins(count: 1, at: now + .seconds(second)) }
        #expect(pacer.pause(waiting: 1, at: now + .seconds(4) + .milliseconds(1)) == nil)
    }
}
