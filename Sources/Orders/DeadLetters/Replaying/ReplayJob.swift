/// A replay job as the store keeps it.
package struct ReplayJob: Sendable, Hashable {
    package let id: ReplayJobID
    package let state: ReplayJobState
    package let reason: String
    package let rate: Double
    package let ladder: ReplayLadder
    package let stopRule: StopRule
    package let destination: ReplayDestination
    package let orderedBy: Operator
    package let orderedAt: Timestamp
    package let changedAt: Timestamp
    /// The step that is being sent, counted from 0.
    package let step: Int
    /// Of the whole job.
    package let counts: ReplayCounts
    /// Of the current step; its `waiting` is the job's.
    package let stepCounts: ReplayCounts
    /// Why it stopped, or what it waits for.
    package let remark: String?
    /// The runner that has it, while it has it.
    package let runner: String?

    package init(
        id: ReplayJobID,
        state: ReplayJobState,
        reason: String,
        rate: Double,
        ladder: ReplayLadder,
        stopRule: StopRule,
        destination: ReplayDestination,
        orderedBy: Operator,
        orderedAt: Timestamp,
        changedAt: Timestamp,
        step: Int,
        counts: ReplayCounts,
        stepCounts: ReplayCounts,
        remark: String?,
        runner: String?
    ) {
        self.id = id
        self.state = state
        self.reason = reason
        self.rate = rate
        self.ladder = ladder
        self.stopRule = stopRule
        self.destination = destination
        self.orderedBy = orderedBy
        self.orderedAt = orderedAt
        self.changedAt = changedAt
        self.step = step
        self.counts = counts
        self.stepCounts = stepCounts
        self.remark = remark
        self.runner = runner
    }
}
