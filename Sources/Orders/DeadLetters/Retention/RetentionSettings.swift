/// How long things are kept.
package struct RetentionSettings: Sendable, Hashable {
    /// Letters that were replayed or discarded, with their revisions, after that happened.
    package var settledLetters: Duration
    /// Revisions that a newer one has replaced, after their letter was replayed or discarded.
    package var revisions: Duration
    /// Letters that nobody decided on, after they last arrived.
    package var keptLetters: Duration
    /// Jobs that have ended, after that; never before the letters that they sent.
    package var jobs: Duration
    package var audit: Duration
    /// How many rows are removed in one step.
    package var stepSize: Int
    /// Between two steps.
    package var stepPause: Duration
    /// Between two sweeps.
    package var interval: Duration

    package init(
        settledLetters: Duration = .seconds(30 * 86_400),
        revisions: Duration = .seconds(30 * 86_400),
        keptLetters: Duration = .seconds(180 * 86_400),
        jobs: Duration = .seconds(90 * 86_400),
        audit: Duration = .seconds(400 * 86_400),
        stepSize: Int = 500,
        stepPause: Duration = .milliseconds(100),
        interval: Duration = .seconds(3600)
    ) {
        self.settledLetters = settledLetters
        self.revisions = revisions
        self.keptLetters = keptLetters
        self.jobs = jobs
        self.audit = audit
        self.stepSize = stepSize
        self.stepPause = stepPause
        self.interval = interval
    }
}
