/// A mended message before it is stored.
package struct RevisionDraft: Sendable, Hashable {
    package let message: LetterMessage
    /// Names the sender of a letter whose token could not be verified any more; `nil` leaves the caller as it is.
    package let caller: Caller?
    /// What the body is about now.
    package let topic: LetterTopic
    package let reason: String
    /// The revision that the operator looked at: another one made since then is a conflict.
    package let basedOn: Int

    package init(message: LetterMessage, caller: Caller?, topic: LetterTopic, reason: String, basedOn: Int) {
        self.message = message
        self.caller = caller
        self.topic = topic
        self.reason = reason
        self.basedOn = basedOn
    }
}
