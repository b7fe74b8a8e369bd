/// Allows so many events at once, and then one in every interval.
struct TokenBucket {
    private let capacity: Int
    private let interval: Duration
    /// When the bucket would be full again: one number says it all.
    private var fullAt: ContinuousClock.Instant

    /// - Parameter capacity: at least 1.
    init(capacity: Int, interval: Duration, now: ContinuousClock.Instant) {
        self.capacity = max(capacity, 1)
        self.interval = max(interval, .milliseconds(1))
        fullAt = now
    }

    /// When the next event is allowed; not later than `now` means at once.
    func nextAllowed() -> ContinuousClock.Instant { fullAt - interval * (capacity - 1) }

    /// Counts an event if it is allowed.
    mutating func take(now: ContinuousClock.Instant) -> Bool {
        guard nextAllowed() <= now else { return false }
        fullAt = max(fullAt, now) + interval
        return true
    }
}
