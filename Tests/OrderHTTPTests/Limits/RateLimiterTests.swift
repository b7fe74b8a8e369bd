import Testing

@testable import OrderHTTP

@Suite struct RateLimiterTests {
    private let start = ContinuousClock.now

    private func limiter(_ quota: Int, _ window: Duration, capacity: Int = 10) throws -> RateLimiter<String> {
        RateLimiter(policy: try #require(RatePolicy(quota: quota, window: window)), capacity: capacity)
    }

    @Test func quotaMayComeAtOnceAndNoMore() throws {
        var limiter = try limiter(3, .seconds(6))
        let decisions = (0..<4).map { _ in limiter.request(from: "a", at: start) }
        #expect(decisions.map(\.isAllowed) == [true, true, true, false])
        #expect(decisions.map(\.remaining) == [2, 1, 0, 0])
        #expect(decisions[3].retryAfter == 2)
        #expect(decisions[0].policy.field == "\"default\";q=3;w=6")
        #expect(decisions[1].limitField == "\"default\";r=1;t=4")
    }

    @Test func quotaFillsUpEvenly() throws {
        var limiter = try limiter(3, .seconds(6))
        for _ in 0..<3 { _ = limiter.request(from: "a", at: start) }
        #expect(!limiter.request(from: "a", at: start + .milliseconds(1999)).isAllowed)
        #expect(limiter.request(from: "a", at: start + .seconds(2)).isAllowed)
        #expect(!limiter.request(from: "a", at: start + .seconds(3)).isAllowed)
        #expect(limiter.state(of: "a", at: start + .seconds(60)).remaining == 3)
    }

    @Test func askingCostsNothing() throws {
        var limiter = try limiter(1, .seconds(1))
        for _ in 0..<5 { #expect(limiter.state(of: "a", at: start).isAllowed) }
        #expect(limiter.request(from: "a", at: start).isAllowed)
        #expect(!limiter.state(of: "a", at: start).isAllowed)
    }

    @Test func callersDoNotShareAQuota() throws {
        var limiter = try limiter(1, .seconds(1))
        #expect(limiter.request(from: "a", at: start).isAllowed)
        #expect(limiter.request(from: "b", at: start).isAllowed)
    }

    @Test func callerSeenLatelyIsRememberedAmongManyOthers() throws {
        var limiter = try limiter(1, .seconds(100), capacity: 10)
        _ = limiter.request(from: "a", at: start)
        for stranger in 0..<9 { _ = limiter.request(from: "\(stranger)", at: start) }
        #expect(!limiter.request(from: "a", at: start).isAllowed)
        for stranger in 10..<40 { _ = limiter.request(from: "\(stranger)", at: start) }
        // Forgotten: memory is bounded.
        #expect(limiter.request(from: "a", at: start).isAllowed)
    }

    @Test func policyWithoutTimePerRequestIsNone() {
        #expect(RatePolicy(quota: 0, window: .seconds(1)) == nil)
        #expect(RatePolicy(quota: 1, window: .zero) == nil)
        #expect(RatePolicy(quota: .max, window: .nanoseconds(1)) == nil)
    }
}
