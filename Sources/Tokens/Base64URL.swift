internal import JSON

/// Base64url without padding, in its one canonical spelling.
///
/// Source: RFC 4648 §5 and §3.5; RFC 7515 §2.
package enum Base64URL {
    /// Decodes a text; nil for padding, white space, digits of plain base64, impossible lengths and stray bits.
    package static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        Base64Digits.url.decoded(text)
    }

    /// Encodes bytes.
    package static func encoded(_ bytes: some Collection<UInt8>) -> [UInt8] {
        Base64Digits.url.encoded(Array(bytes))
    }
}
