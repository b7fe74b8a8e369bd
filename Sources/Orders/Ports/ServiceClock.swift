/// The time as a service sees it: one source for stamps and waits, so that tests can hold it.
package struct ServiceClock: Sendable {
    /// The moment, for what is stored.
    package let now: @Sendable () -> Timestamp
    /// A time that only runs forward, for durations.
    package let uptime: @Sendable () -> Duration
    /// Waits, or ends early because the task was cancelled.
    package let sleep: @Sendable (Duration) async -> Void

    package init(
        now: @escaping @Sendable () -> Timestamp,
        uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async -> Void
    ) {
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
    }
}
