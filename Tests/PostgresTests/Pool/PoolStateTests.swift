import Postgres
import Testing

@Suite struct PoolStateTests {
    private let start = ContinuousClock.now

    @Test func leasesAreServedInOrder() {
        var pool = PoolState(size: 1)
        let (first, second, third) = (pool.joined(), pool.joined(), pool.joined())
        #expect(pool.asked(second, now: start) == .wait(until: nil))
        #expect(pool.asked(first, now: start) == .use(slot: 0))
        #expect(pool.asked(second, now: start) == .wait(until: nil))
        #expect(pool.nextToWake == nil)
        pool.returned(slot: 0, isBroken: false, now: start, jitter: 0)
        #expect(pool.nextToWake == second)
        #expect(pool.asked(third, now: start) == .wait(until: nil))
        #expect(pool.asked(second, now: start) == .use(slot: 0))
    }

    @Test func whoGaveUpIsPassedOver() {
        var pool = PoolState(size: 1)
        let (first, second) = (pool.joined(), pool.joined())
        pool.gaveUp(first)
        #expect(pool.nextToWake == second)
        #expect(pool.waiting == 1)
    }

    @Test func brokenConnectionRestsLongerEachTime() {
        var pool = PoolState(size: 1)
        var now = start
        var rests: [Duration] = []
        for _ in 0..<12 {
            let waiter = pool.joined()
            #expect(pool.asked(waiter, now: now) == .use(slot: 0))
            pool.returned(slot: 0, isBroken: true, now: now, jitter: 1)
            let next = pool.joined()
            guard case .wait(let until?) = pool.asked(next, now: now) else {
                Issue.record("a broken connection was leased at once")
                return
            }
            pool.gaveUp(next)
            rests.append(now.duration(to: until))
            now = until
        }
        #expect(rests.prefix(3) == [.milliseconds(50), .milliseconds(100), .milliseconds(200)])
        #expect(rests.last == .seconds(5))
    }

    @Test func successEndsTheBackoff() {
        var pool = PoolState(size: 1)
        _ = pool.asked(pool.joined(), now: start)
        pool.returned(slot: 0, isBroken: true, now: start, jitter: 0)
        let later = start + .seconds(1)
        #expect(pool.asked(pool.joined(), now: later) == .use(slot: 0))
        pool.returned(slot: 0, isBroken: false, now: later, jitter: 0)
        #expect(pool.asked(pool.joined(), now: later) == .use(slot: 0))
    }

    @Test func healthyConnectionIsPreferred() {
        var pool = PoolState(size: 2)
        #expect(pool.asked(pool.joined(), now: start) == .use(slot: 0))
        pool.returned(slot: 0, isBroken: true, now: start, jitter: 0)
        #expect(pool.asked(pool.joined(), now: start + .seconds(9)) == .use(slot: 1))
    }

    @Test func returningTwiceOrElsewhereChangesNothing() {
        var pool = PoolState(size: 1)
        pool.returned(slot: 0, isBroken: true, now: start, jitter: 0)
        pool.returned(slot: 5, isBroken: true, now: start, jitter: 0)
        #expect(pool.asked(pool.joined(), now: start) == .use(slot: 0))
    }
}
