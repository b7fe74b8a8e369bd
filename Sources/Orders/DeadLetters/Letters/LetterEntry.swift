/// A dead letter as the store lists it: everything but the message.
package struct LetterEntry: Sendable, Hashable {
    package let id: LetterID
    package var groupID: GroupID
    package var state: LetterState
    package let command: String
    /// The newest failure, with the attempts and the first time of all.
    package var failure: LetterFailure
    package let origin: LetterOrigin
    /// On whose behalf it would be sent again: whom the token proved, or whom a revision names.
    package var caller: Caller?
    package var topic: LetterTopic
    /// When it was first kept.
    package let arrivedAt: Timestamp
    /// When the state last changed.
    package var changedAt: Timestamp
    /// How often the same command came among the dead letters.
    package var arrivals: Int
    /// How often it failed again after a replay.
    package var repeatFailures: Int
    /// The newest revision's number; 0 is the message as it arrived.
    package var revision: Int
    /// The job that it belongs to, or last belonged to.
    package var job: ReplayJobID?
    package var bodyByteCount: Int64

    package init(
        id: LetterID,
        groupID: GroupID,
        state: LetterState,
        command: String,
        failure: LetterFailure,
        origin: LetterOrigin,
        caller: Caller?,
        topic: LetterTopic,
        arrivedAt: Timestamp,
        changedAt: Timestamp,
        arrivals: Int,
        repeatFailures: Int,
        revision: Int,
        job: ReplayJobID?,
        bodyByteCount: Int64
    ) {
        self.id = id
        self.groupID = groupID
        self.state = state
        self.command = command
        self.failure = failure
        self.origin = origin
        self.caller = caller
        self.topic = topic
        self.arrivedAt = arrivedAt
        self.changedAt = changedAt
        self.arrivals = arrivals
        self.repeatFailures = repeatFailures
        self.revision = revision
        self.job = job
        self.bodyByteCount = bodyByteCount
    }

    package var position: LetterPosition { LetterPosition(arrivedAt: arrivedAt, id: id) }
}
