/// Base64 with padding, in its one canonical spelling: how bytes travel in a JSON text.
///
/// Source: RFC 4648 §4 and §3.5.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")
    private static let noDigit: UInt8 = 0xFF
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: noDigit, count: 256)
        for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    /// Appends the text of the bytes.
    package static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
        let alphabet = alphabet
        text.reserveCapacity(text.count + (bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let count = min(3, bytes.count - index)
            var bits: UInt32 = 0
            for offset in 0..<3 { bits = bits << 8 | (offset < count ? UInt32(bytes[index + offset]) : 0) }
            for place in 0..<4 {
                let value = Int(truncatingIfNeeded: bits >> (18 - 6 * UInt32(place)) & 0x3F)
                text.append(place <= count ? alphabet[value] : padding)
            }
            index += 3
        }
    }

    /// Decodes a text; `nil` for anything that ``append(_:to:)`` would not write.
    package static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        let paddingCount = text.suffix(2).count { $0 == padding }
        let values = values
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for digit in text.dropLast(paddingCount) {
            let value = values[Int(digit)]
            guard value != noDigit else { return nil }
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
