import Testing

@testable import OrderHTTP

@Suite struct CircuitBreakerTests {
    private let start = ContinuousClock.now
    private var breaker = CircuitBreaker(
        settings: .init(failureThreshold: 3, openTime: .seconds(1), longestOpenTime: .seconds(3))
    )

    private mutating func ticket(_ offset: Duration = .zero) throws -> CircuitBreaker.Ticket {
        guard case .admitted(let ticket) = breaker.admit(at: start + offset) else { throw Refused() }
        return ticket
    }

    private struct Refused: Error {}

    private mutating func fail(_ count: Int, at offset: Duration = .zero) throws {
        for _ in 0..<count { breaker.failed(try ticket(offset), at: start + offset) }
    }

    @Test mutating func opensAfterFailuresInARow() throws {
        try fail(2)
        breaker.succeeded(try ticket())
        try fail(2)
        #expect(breaker.refusal(at: start) == nil)
        try fail(1)
        #expect(breaker.refusal(at: start + .milliseconds(400)) == .milliseconds(600))
        #expect(throws: Refused.self) { try ticket(.milliseconds(999)) }
    }

    @Test mutating func oneProbeClosesIt() throws {
        try fail(3)
        let probe = try ticket(.seconds(1))
        #expect(throws: Refused.self) { try ticket(.seconds(1)) }
        breaker.succeeded(probe)
        #expect(breaker.state == .closed(failures: 0))
    }

    @Test mutating func failedProbeKeepsItOpenForLonger() throws {
        try fail(3)
        breaker.failed(try ticket(.seconds(1)), at: start + .seconds(1))
        #expect(breaker.refusal(at: start + .seconds(1)) == .seconds(2))
        breaker.failed(try ticket(.seconds(3)), at: start + .seconds(3))
        // No longer than the longest.
        #expect(breaker.refusal(at: start + .seconds(3)) == .seconds(3))
    }

    @Test mutating func lateOutcomesChangeNothing() throws {
        let old = try ticket()
        try fail(3)
        breaker.succeeded(old)
        #expect(breaker.refusal(at: start) == .seconds(1))
        breaker.succeeded(try ticket(.seconds(1)))
        breaker.failed(old, at: start + .seconds(2))
        #expect(breaker.state == .closed(failures: 0))
    }

    @Test mutating func lostProbeDoesNotLockEveryoneOut() throws {
        try fail(3)
        _ = try ticket(.seconds(1))
        breaker.succeeded(try ticket(.seconds(2)))
        #expect(breaker.state == .closed(failures: 0))
    }
}
