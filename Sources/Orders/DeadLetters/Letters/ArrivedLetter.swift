/// A dead letter as it was read from the queue, ready to be kept.
package struct ArrivedLetter: Sendable, Hashable {
    package let id: LetterID
    package let message: LetterMessage
    /// The command as its sender named it, known or not.
    package let command: String
    package let failure: LetterFailure
    package let origin: LetterOrigin
    /// Who sent it, if a token ever proved it.
    package let caller: Caller?
    package let topic: LetterTopic
    /// The replay that it comes back from, proven by the broker's word on who sent it; then `id` is that letter's.
    package let replay: ReplayJobID?

    package init(
        id: LetterID,
        message: LetterMessage,
        command: String,
        failure: LetterFailure,
        origin: LetterOrigin,
        caller: Caller?,
        topic: LetterTopic,
        replay: ReplayJobID? = nil
    ) {
        self.id = id
        self.message = message
        self.command = command
        self.failure = failure
        self.origin = origin
        self.caller = caller
        self.topic = topic
        self.replay = replay
    }

    /// The kind of failure that it belongs to.
    package var groupID: GroupID {
        GroupID(tenant: caller?.tenant, command: command, failure: failure)
    }
}
