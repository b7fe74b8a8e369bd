internal import Crypto

/// A kind of failure within one tenant: command, code, reason and the normalised error text.
///
/// Tenants never share a group, so nothing of one shows to the other, not even a note.
package struct GroupID: Sendable, Hashable {
    /// 128 bits, the first the most significant.
    package let bits: UInt128

    package init(bits: UInt128) {
        self.bits = bits
    }

    package init(tenant: String?, command: String, failure: LetterFailure) {
        var hash = SHA256()
        hash.update(part: Array("orderbus.failure-group".utf8))
        hash.update(part: tenant.map { [1] + Array($0.utf8) } ?? [0])
        hash.update(part: Array(command.utf8))
        hash.update(part: Array(failure.reason.name.utf8))
        hash.update(part: Array(failure.code.utf8))
        hash.update(part: Array(FailurePattern(normalising: failure.message).text.utf8))
        bits = hash.finalize().leadingBits
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
