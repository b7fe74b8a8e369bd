/// All that is known of one dead letter, for its page.
package struct LetterFile: Sendable, Hashable {
    package let letter: KeptLetter
    /// Oldest first.
    package let revisions: [LetterRevision]
    /// Oldest first.
    package let replays: [ReplayRecord]
    /// Oldest first.
    package let moves: [LetterMove]

    package init(letter: KeptLetter, revisions: [LetterRevision], replays: [ReplayRecord], moves: [LetterMove]) {
        self.letter = letter
        self.revisions = revisions
        self.replays = replays
        self.moves = moves
    }

    /// What would be sent: the newest revision, or the message as it arrived.
    package var current: LetterMessage { revisions.last?.message ?? letter.message }
}
