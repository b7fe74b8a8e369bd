/// A key in a JWKS that is not used, and why.
package struct SkippedKey: Sendable, Hashable, CustomStringConvertible {
    package enum Reason: String, Error, Sendable, Hashable, CaseIterable {
        case notAnObject = "not an object"
        case unknownType = "its `kty` is not RSA, EC or OKP"
        case unknownAlgorithm = "its `alg` is not one that is accepted"
        case unknownCurve = "its `crv` is not P-256 or Ed25519"
        case algorithmOfOtherType = "its `alg` does not go with its `kty`"
        case notForSignatures = "its `use` is not `sig`, or its `key_ops` do not include `verify`"
        case malformedMember = "a member is missing or malformed"
        case rsaSize = "its modulus is not of 2048 to 8192 bits, or even"
        case rsaExponent = "its exponent is not odd, at least 65537 and of at most 64 bits"
        case notAKey = "its numbers are not a key"
        case noKeyID = "it has no `kid`, and the set has other keys"
    }

    /// The key's place in the set, from 0.
    package let index: Int
    package let keyID: KeyID?
    package let reason: Reason

    package var description: String {
        "key \(index)\(keyID.map { " (\($0))" } ?? "") is skipped: \(reason.rawValue)"
    }
}
