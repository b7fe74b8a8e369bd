/// The identity of a kept dead letter: derived from the message, so that one that comes twice is one entry.
package struct LetterID: Sendable, Hashable {
    // Two halves and not one `UInt128`: Swift 6.3.1 loses its way where a closure that suspends captures one.
    private let high: UInt64
    private let low: UInt64

    /// 128 bits, the first the most significant.
    package var bits: UInt128 { UInt128(high) << 64 | UInt128(low) }

    package init(bits: UInt128) {
        high = UInt64(truncatingIfNeeded: bits >> 64)
        low = UInt64(truncatingIfNeeded: bits)
    }
}

extension LetterID: Comparable {
    package static func < (left: LetterID, right: LetterID) -> Bool {
        left.bits < right.bits
    }
}

extension LetterID: CustomStringConvertible {
    /// `dl_` and 26 lower-case Crockford base32 digits.
    package var description: String { Reference.write(bits, prefix: "dl_") }

    /// Reads the written form; `nil` for anything that ``description`` would not write.
    package init?(_ text: String) {
        guard let bits = Reference.read(text, prefix: "dl_") else { return nil }
        self.init(bits: bits)
    }
}
