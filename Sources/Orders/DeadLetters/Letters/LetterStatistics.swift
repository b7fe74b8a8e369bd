/// The figures worth an alert.
package struct LetterStatistics: Sendable, Hashable {
    /// Letters that were kept since the beginning and are not retired yet, by state.
    package var counts: [LetterState: Int]
    /// Letters that wait for somebody, by reason.
    package var keptByReason: [FailureReason: Int]
    /// When the oldest of those that wait was kept.
    package var oldestKeptAt: Timestamp?
    /// Arrivals in the last full hours and the current one.
    package var inflowLastDay: Int
    /// Letters that wait and whose sender nobody could prove, which one tenant's operators do not see.
    package var keptWithoutTenant = 0
    /// How often letters that are not retired yet failed again after a replay.
    package var repeatFailures: Int
    package var jobs: [ReplayJobState: Int]

    package init(
        counts: [LetterState: Int] = [:],
        keptByReason: [FailureReason: Int] = [:],
        oldestKeptAt: Timestamp? = nil,
        inflowLastDay: Int = 0,
        repeatFailures: Int = 0,
        jobs: [ReplayJobState: Int] = [:]
    ) {
        self.counts = counts
        self.keptByReason = keptByReason
        self.oldestKeptAt = oldestKeptAt
        self.inflowLastDay = inflowLastDay
        self.repeatFailures = repeatFailures
        self.jobs = jobs
    }
}
