internal import Crypto

/// A kind of failure within one tenant: command, code, reason and the normalised error text.
///
/// Tenants never share a group, so nothing of one shows to the other, not even a note.
package struct GroupID: Sendable, Hashable {
    // Two halves and not one `UInt128`: Swift 6.3.1 loses its way where a closure that suspends captures one.
    private let high: UInt64
    private let low: UInt64

    /// 128 bits, the first the most significant.
    package var bits: UInt128 { UInt128(high) << 64 | UInt128(low) }

    package init(bits: UInt128) {
        high = UInt64(truncatingIfNeeded: bits >> 64)
        low = UInt64(truncatingIfNeeded: bits)
    }

    package init(tenant: String?, command: String, failure: LetterFailure) {
        var hash = SHA256()
        hash.update(part: Array("orderbus.failure-group".utf8))
        hash.update(part: tenant.map { [1] + Array($0.utf8) } ?? [0])
        hash.update(part: Array(command.utf8))
        hash.update(part: Array(failure.reason.name.utf8))
        hash.update(part: Array(failure.code.utf8))
        hash.update(part: Array(FailurePattern(normalising: failure.message).text.utf8))
        self.init(bits: hash.finalize().leadingBits)
    }
}

extension GroupID: CustomStringConvertible {
    /// `dg_` and 26 lower-case Crockford base32 digits.
    package var description: String { Reference.write(bits, prefix: "dg_") }

    /// Reads the written form; `nil` for anything that ``description`` would not write.
    package init?(_ text: String) {
        guard let bits = Reference.read(text, prefix: "dg_") else { return nil }
        self.init(bits: bits)
    }
}
