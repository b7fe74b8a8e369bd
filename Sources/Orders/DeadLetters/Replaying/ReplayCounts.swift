/// How far a job is.
package struct ReplayCounts: Sendable, Hashable {
    package var waiting: Int
    /// Sent, or about to be, without a result yet.
    package var taken: Int
    package var succeeded: Int
    /// Refused again, died again, not answered or not sent.
    package var failed: Int
    /// Let go without being sent.
    package var released: Int

    package init(waiting: Int = 0, taken: Int = 0, succeeded: Int = 0, failed: Int = 0, released: Int = 0) {
        self.waiting = waiting
        self.taken = taken
        self.succeeded = succeeded
        self.failed = failed
        self.released = released
    }

    package var total: Int { waiting + taken + succeeded + failed + released }
}
