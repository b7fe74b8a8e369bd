internal import Synchronization

/// A rate limiter for all threads.
final class SharedRateLimiter<Key: Hashable & Sendable>: Sendable {
    private let limiter: Mutex<RateLimiter<Key>>

    init(policy: RatePolicy) {
        limiter = Mutex(RateLimiter(policy: policy))
    }

    func request(from key: Key) -> RateDecision {
        limiter.withLock { $0.request(from: key, at: .now) }
    }

    func state(of key: Key) -> RateDecision {
        limiter.withLock { $0.state(of: key, at: .now) }
    }
}
