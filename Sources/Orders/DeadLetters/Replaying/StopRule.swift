/// When a job stops by itself: too many messages of a step failed again.
package struct StopRule: Sendable, Hashable {
    /// The share of a step that may fail, from 0 to 1.
    package let share: Double

    package init(share: Double = 0.2) {
        self.share = share.isFinite ? min(max(share, 0), 1) : 0
    }

    package func allowedFailures(inStepOf size: Int) -> Int {
        Int((Double(max(0, size)) * share).rounded(.down))
    }
}
