/// Bytes as base64 digits without padding, in their one canonical spelling.
///
/// Source: RFC 4648 §4, §5 and §3.5.
package struct Base64Digits: Sendable {
    package static let standard = Base64Digits(last: "+/")
    /// For names and addresses, and for tokens.
    package static let url = Base64Digits(last: "-_")

    private static let noDigit: UInt8 = 0xFF
    private let alphabet: [UInt8]
    private let values: [UInt8]

    private init(last: String) {
        alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(last)".utf8)
        var values = [UInt8](repeating: Self.noDigit, count: 256)
        for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
        self.values = values
    }

    /// The value of a digit, of six bits; `nil` for any other byte.
    package func value(of digit: UInt8) -> UInt8? {
        let value = values[Int(digit)]
        return value == Self.noDigit ? nil : value
    }

    /// The digits of the bytes.
    package func encoded(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        append(bytes, to: &text)
        return text
    }

    /// Appends the digits of the bytes.
    package func append(_ bytes: [UInt8], to text: inout [UInt8]) {
        text.reserveCapacity(text.count + bytes.count * 4 / 3 + 4)
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(alphabet[Int(bits >> bitCount & 0x3F)])
            }
            bits &= (1 << bitCount) - 1
        }
        if bitCount > 0 { text.append(alphabet[Int(bits << (6 - bitCount) & 0x3F)]) }
    }

    /// Decodes digits; `nil` for anything else, impossible lengths and stray bits.
    package func decoded(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        guard digits.count % 4 != 1 else { return nil }
        let values = values
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count * 3 / 4)
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for digit in digits {
            let value = values[Int(digit)]
            guard value != Self.noDigit else { return nil }
            bits = bits << 6 | UInt32(value)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
                bits &= (1 << bitCount) - 1
            }
        }
        // What is left of the last digit must be zero, or several texts would spell the same bytes.
        return bits == 0 ? bytes : nil
    }
}
