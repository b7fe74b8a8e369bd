/// A message that a runner has taken and is to send.
package struct ReplayItem: Sendable, Hashable {
    package let entry: LetterEntry
    /// The newest revision's, or as it arrived.
    package let message: LetterMessage
    /// How often it was sent before.
    package let earlierSends: Int

    package init(entry: LetterEntry, message: LetterMessage, earlierSends: Int) {
        self.entry = entry
        self.message = message
        self.earlierSends = earlierSends
    }
}
