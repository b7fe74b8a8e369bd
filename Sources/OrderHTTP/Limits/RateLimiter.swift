/// Counts requests by caller, in memory that does not grow with the number of callers.
///
/// Each caller's quota fills up evenly over the window (the generic cell rate algorithm). Two tables take turns: when
/// the newer is full the older is forgotten, so a caller not seen for a while starts anew.
package struct RateLimiter<Key: Hashable & Sendable>: Sendable {
    package let policy: RatePolicy
    private let capacity: Int
    /// When each caller's quota is whole again.
    private var recent: [Key: ContinuousClock.Instant] = [:]
    private var older: [Key: ContinuousClock.Instant] = [:]

    /// Makes a limiter that remembers between `capacity` and twice as many callers.
    package init(policy: RatePolicy, capacity: Int = 10_000) {
        self.policy = policy
        self.capacity = max(capacity, 1)
    }

    /// Counts a request, unless the quota is used up.
    package mutating func request(from key: Key, at now: ContinuousClock.Instant) -> RateDecision {
        let whole = max(recent[key] ?? older[key] ?? now, now)
        let next = whole + policy.interval
        let debt = now.duration(to: next)
        guard debt <= policy.window else { return refusal(whole, now) }
        remember(key, next)
        return RateDecision(policy: policy, isAllowed: true, remaining: units(policy.window - debt), reset: debt)
    }

    /// Whether a request would be allowed, without counting it.
    package func state(of key: Key, at now: ContinuousClock.Instant) -> RateDecision {
        let whole = max(recent[key] ?? older[key] ?? now, now)
        guard now.duration(to: whole + policy.interval) <= policy.window else { return refusal(whole, now) }
        let debt = now.duration(to: whole)
        return RateDecision(policy: policy, isAllowed: true, remaining: units(policy.window - debt), reset: debt)
    }

    private func refusal(_ whole: ContinuousClock.Instant, _ now: ContinuousClock.Instant) -> RateDecision {
        let reset = now.duration(to: whole + policy.interval) - policy.window
        return RateDecision(policy: policy, isAllowed: false, remaining: 0, reset: reset)
    }

    private func units(_ time: Duration) -> Int {
        max(0, min(policy.quota, Int(time / policy.interval)))
    }

    private mutating func remember(_ key: Key, _ whole: ContinuousClock.Instant) {
        if recent[key] == nil, recent.count >= capacity {
            older = recent
            recent = [:]
        }
        recent[key] = whole
    }
}
