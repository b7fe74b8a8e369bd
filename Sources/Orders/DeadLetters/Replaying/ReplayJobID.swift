/// The identity of a replay job, chosen by whoever orders it: the same order twice is one job.
package struct ReplayJobID: Sendable, Hashable {
    // Two halves and not one `UInt128`: Swift 6.3.1 loses its way where a closure that suspends captures one.
    private let high: UInt64
    private let low: UInt64

    /// 128 bits, the first the most significant.
    package var bits: UInt128 { UInt128(high) << 64 | UInt128(low) }

    package init(bits: UInt128) {
        high = UInt64(truncatingIfNeeded: bits >> 64)
        low = UInt64(truncatingIfNeeded: bits)
    }

    package static func random() -> ReplayJobID {
        ReplayJobID(bits: UInt128(UInt64.random(in: 0 ... .max)) << 64 | UInt128(UInt64.random(in: 0 ... .max)))
    }
}

extension ReplayJobID: CustomStringConvertible {
    /// `rj_` and 26 lower-case Crockford base32 digits.
    package var description: String { Reference.write(bits, prefix: "rj_") }

    /// Reads the written form; `nil` for anything that ``description`` would not write.
    package init?(_ text: String) {
        guard let bits = Reference.read(text, prefix: "rj_") else { return nil }
        self.init(bits: bits)
    }
}
