/// The producer's name for one intention: 10 to 255 visible ASCII characters.
package struct IdempotencyKey: Sendable, Hashable {
    package static let lengths = 10...255

    package let text: String

    /// Makes a key, or `nil` if the text is too short, too long or not visible ASCII.
    package init?(_ text: String) {
        guard Self.lengths.contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            return nil
        }
        self.text = text
    }
}
