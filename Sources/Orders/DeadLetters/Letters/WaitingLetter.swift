/// A dead letter that waits for somebody, with what would be sent.
package struct WaitingLetter: Sendable, Hashable {
    package let entry: LetterEntry
    /// The newest revision, or the message as it arrived.
    package let message: LetterMessage

    package init(entry: LetterEntry, message: LetterMessage) {
        self.entry = entry
        self.message = message
    }
}
