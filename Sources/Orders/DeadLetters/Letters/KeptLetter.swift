/// A dead letter with its message.
package struct KeptLetter: Sendable, Hashable {
    package let entry: LetterEntry
    /// As it first arrived; what would be sent is the newest revision's.
    package let message: LetterMessage

    package init(entry: LetterEntry, message: LetterMessage) {
        self.entry = entry
        self.message = message
    }
}
