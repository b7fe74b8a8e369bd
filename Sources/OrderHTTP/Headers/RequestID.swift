/// The id that a request is known by in response, log, message and event.
package enum RequestID {
    /// The caller's id where it is well-formed, `^[A-Za-z0-9._~-]{8,128}$`, else a new one.
    package static func accept(_ lines: [String]) -> String {
        guard lines.count == 1, let text = lines.first, isWellFormed(text) else { return make() }
        return text
    }

    private static func isWellFormed(_ text: String) -> Bool {
        (8...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { HTTPToken.isAlphanumeric($0) || [0x2d, 0x2e, 0x5f, 0x7e].contains($0) }
    }

    /// A new one: 26 random digits, as the workers make them.
    private static func make() -> String {
        let digits: StaticString = "0123456789abcdefghjkmnpqrstvwxyz"
        var random = UInt128(RandomWords.next()) << 64 | UInt128(RandomWords.next())
        return digits.withUTF8Buffer { digits in
            String(unsafeUninitializedCapacity: 26) { text in
                for position in 0..<26 {
                    text[position] = digits[Int(truncatingIfNeeded: random & 31)]
                    random >>= 5
                }
                return 26
            }
        }
    }
}
