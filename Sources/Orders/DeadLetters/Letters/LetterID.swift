/// The identity of a kept dead letter: derived from the message, so that one that comes twice is one entry.
package struct LetterID: Sendable, Hashable {
    /// 128 bits, the first the most significant.
    package let bits: UInt128

    package init(bits: UInt128) {
        self.bits = bits
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
