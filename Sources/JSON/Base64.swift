/// Base64 with padding: how bytes travel in a JSON text.
///
/// Source: RFC 4648 §4.
package enum Base64 {
    private static let padding = UInt8(ascii: "=")

    /// Appends the text of the bytes.
    package static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
        Base64Digits.standard.append(bytes, to: &text)
        text.append(contentsOf: repeatElement(padding, count: (3 - bytes.count % 3) % 3))
    }

    /// Decodes a text; `nil` for anything that ``append(_:to:)`` would not write.
    package static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        return Base64Digits.standard.decoded(text.dropLast(text.suffix(2).count { $0 == padding }))
    }
}
