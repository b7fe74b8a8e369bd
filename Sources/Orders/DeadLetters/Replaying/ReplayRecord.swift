/// One message of a job, and how far it is.
package struct ReplayRecord: Sendable, Hashable {
    package enum State: Int16, Sendable, Hashable, CaseIterable {
        case waiting = 0
        /// Sent, or about to be, without a result yet.
        case taken = 1
        case succeeded = 2
        case failed = 3
        /// Let go without being sent.
        case released = 4
    }

    package let job: ReplayJobID
    package let letter: LetterID
    /// The place in the job, from 1.
    package let position: Int
    package let state: State
    /// `nil` while it waits.
    package let step: Int?
    /// How often it was sent, repetitions after a doubt included.
    package let sends: Int
    package let result: ReplayResult?
    package let takenAt: Timestamp?
    package let endedAt: Timestamp?

    package init(
        job: ReplayJobID,
        letter: LetterID,
        position: Int,
        state: State,
        step: Int?,
        sends: Int,
        result: ReplayResult?,
        takenAt: Timestamp?,
        endedAt: Timestamp?
    ) {
        self.job = job
        self.letter = letter
        self.position = position
        self.state = state
        self.step = step
        self.sends = sends
        self.result = result
        self.takenAt = takenAt
        self.endedAt = endedAt
    }
}
