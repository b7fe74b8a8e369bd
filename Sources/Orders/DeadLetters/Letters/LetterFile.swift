/// All that is known of one dead letter, for its page.
package struct LetterFile: Sendable, Hashable {
    package let letter: KeptLetter
    /// Oldest first.
    package let revisions: [LetterRevision]
    /// Oldest first.
    package let replays: [ReplayRecord]

    package init(letter: KeptLetter, revisions: [LetterRevision], replays: [ReplayRecord]) {
        self.letter = letter
        self.revisions = revisions
        self.replays = replays
    }

    /// What would be sent: the newest revision, or the message as it arrived.
    package var current: LetterMessage { revisions.last?.message ?? letter.message }
}
