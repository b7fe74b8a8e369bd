/// Spreads messages evenly in time.
package struct ReplayPace: Sendable, Hashable {
    private let interval: Duration
    /// When the next message may go.
    private var next: Duration

    /// Makes a pace of so many messages a second that begins now.
    ///
    /// - Parameter now: a time that only runs forward.
    package init(rate: Double, now: Duration) {
        interval = .nanoseconds(Int64(1_000_000_000 / min(max(rate, 0.001), 1_000_000)))
        next = now
    }

    /// How many of the messages may go now; those that were not sent in time are not made up for.
    ///
    /// - Returns: 0 to `count`; after 0, wait for ``pause(at:)``.
    package mutating func take(_ count: Int, at now: Duration) -> Int {
        // A tenth of a second's worth may be late: that is how exactly anybody sleeps.
        next = max(next, now - .milliseconds(100))
        var taken = 0
        while taken < count, next <= now {
            next += interval
            taken += 1
        }
        return taken
    }

    /// How long until the next message may go.
    package func pause(at now: Duration) -> Duration { max(.zero, next - now) }
}
