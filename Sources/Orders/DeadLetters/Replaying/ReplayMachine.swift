/// Decides what a job does next: pure, so that every turn of a replay can be tested without one.
package struct ReplayMachine: Sendable, Hashable {
    package enum Action: Sendable, Hashable {
        /// Take and send up to so many of the current step.
        case send(Int)
        /// Wait for results of what was sent, or for another word from the operator.
        case wait
        /// The step went well: begin this one.
        case advance(toStep: Int)
        /// Halt the job by itself.
        case stop(reason: String)
        /// Everything has its result.
        case finish
        /// Somebody else decided the job's fate, and nothing is in flight any more: let go of it.
        case leave
    }

    package private(set) var state: ReplayJobState
    package private(set) var step: Int
    /// Of the current step; `waiting` is what the whole job has left.
    package private(set) var counts: ReplayCounts
    private let ladder: ReplayLadder
    private let stopRule: StopRule

    package init(_ job: ReplayJob) {
        state = job.state
        step = job.step
        counts = job.stepCounts
        counts.waiting = job.counts.waiting
        ladder = job.ladder
        stopRule = job.stopRule
    }

    private var sentInStep: Int { counts.taken + counts.succeeded + counts.failed }

    /// How many messages the current step has: the last one may be smaller than the ladder's.
    package var stepSize: Int { min(ladder.size(ofStep: step), sentInStep + counts.waiting) }

    package var action: Action {
        guard state == .running else { return counts.taken > 0 ? .wait : .leave }
        if counts.failed > stopRule.allowedFailures(inStepOf: stepSize) {
            return counts.taken > 0 ? .wait : .stop(reason: "\(counts.failed) of \(sentInStep) failed again")
        }
        let room = stepSize - sentInStep
        if room > 0 { return .send(room) }
        if counts.taken > 0 { return .wait }
        return counts.waiting > 0 ? .advance(toStep: step + 1) : .finish
    }

    /// So many messages were taken.
    ///
    /// Fewer than were asked for means that the job has no more.
    package mutating func took(_ count: Int, asked: Int) {
        counts.taken += count
        counts.waiting = count < asked ? 0 : max(0, counts.waiting - count)
    }

    package mutating func ended(_ result: ReplayResult) {
        counts.taken = max(0, counts.taken - 1)
        if result.isSuccess { counts.succeeded += 1 } else { counts.failed += 1 }
    }

    package mutating func advanced() {
        step += 1
        counts.succeeded = 0
        counts.failed = 0
    }

    /// An operator, or another runner, has changed the job.
    package mutating func changed(to state: ReplayJobState) {
        self.state = state
    }
}
