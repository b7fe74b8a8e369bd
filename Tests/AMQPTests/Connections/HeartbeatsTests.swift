import Testing

@testable import AMQP

@Suite struct HeartbeatsTests {
    private let start = ContinuousClock.now
    private let free = Heartbeats.Hindrance(isBlocked: false, hasUnsent: false)
    private var heartbeats: Heartbeats { Heartbeats(every: .seconds(10), from: start) }

    @Test func heartbeatIsDueAfterHalfAnInterval() {
        #expect(heartbeats.nextDuty(free) == start + .seconds(5))
        #expect(!heartbeats.isDue(free, at: start + .milliseconds(4999)))
        #expect(heartbeats.isDue(free, at: start + .seconds(5)))
        var later = heartbeats
        later.lastSent = start + .seconds(4)
        #expect(later.nextDuty(free) == start + .seconds(9))
    }

    @Test func peerIsDeadAfterTwoIntervals() {
        var heartbeats = heartbeats
        heartbeats.lastSent = start + .seconds(18)
        #expect(heartbeats.nextDuty(free) == start + .seconds(20))
        #expect(!heartbeats.isPeerDead(at: start + .milliseconds(19_999)))
        #expect(heartbeats.isPeerDead(at: start + .seconds(20)))
    }

    /// A peer that took nothing kept a whole core busy: the wait for the heartbeat, which could not go out, ended at once
    /// each time.
    @Test(arguments: [(true, false), (false, true), (true, true)])
    func heartbeatThatCannotGoOutIsNotWaitedFor(isBlocked: Bool, hasUnsent: Bool) {
        let hindrance = Heartbeats.Hindrance(isBlocked: isBlocked, hasUnsent: hasUnsent)
        #expect(heartbeats.nextDuty(hindrance) == start + .seconds(20))
        #expect(!heartbeats.isDue(hindrance, at: start + .seconds(19)))
    }
}
