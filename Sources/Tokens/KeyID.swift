/// The name of a key (`kid`): bytes, compared as such.
///
/// Not a `String`, whose equality takes different spellings of a character for the same.
package struct KeyID: Sendable, Hashable, CustomStringConvertible {
    /// The longest name accepted, in bytes of UTF-8.
    static let maxBytes = 256

    package let utf8: [UInt8]

    package init(utf8: [UInt8]) { self.utf8 = utf8 }

    package init(_ text: String) { utf8 = Array(text.utf8) }

    /// At most 64 characters, and none that could forge a line of a log.
    package var description: String {
        let shown = utf8.prefix(64).map { (0x21...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }
        return String(decoding: shown, as: UTF8.self)
    }
}
