/// How 128 bits are written for people: a prefix that says what they name, and 26 lower-case Crockford base32 digits.
enum Reference {
    private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let digitCount = 26

    static func write(_ bits: UInt128, prefix: String) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(digitCount)
        var rest = bits
        for _ in 0..<digitCount {
            text.append(digits[Int(truncatingIfNeeded: rest & 31)])
            rest >>= 5
        }
        return prefix + String(decoding: text.reversed(), as: UTF8.self)
    }

    /// The bits; `nil` for anything that ``write(_:prefix:)`` would not write.
    static func read(_ text: String, prefix: String) -> UInt128? {
        guard text.hasPrefix(prefix) else { return nil }
        let bytes = text.utf8.dropFirst(prefix.utf8.count)
        guard bytes.count == digitCount else { return nil }
        var bits: UInt128 = 0
        for (position, byte) in bytes.enumerated() {
            guard let digit = digits.firstIndex(of: byte) else { return nil }
            // 26 digits hold 130 bits: the first may use only three of its five.
            if position == 0 && digit > 7 { return nil }
            bits = bits << 5 | UInt128(digit)
        }
        return bits
    }
}
