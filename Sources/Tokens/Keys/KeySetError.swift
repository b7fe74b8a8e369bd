/// Why a JWKS is not taken over; the set before it stays.
package enum KeySetError: Error, Sendable, Hashable, CustomStringConvertible {
    /// More than 256 KiB.
    case tooLong
    /// Not strict JSON; the text says what and where.
    case malformed(String)
    /// Not an object with a list `keys`.
    case noKeys
    /// More than 100 keys.
    case tooManyKeys
    /// A private key was published, or is about to be trusted by mistake.
    case privateKey(index: Int)
    /// Two usable keys have one name, so that it does not say which is meant.
    case duplicateKeyID(KeyID)
    /// No key in it can verify the tokens accepted here.
    case nothingUsable(skipped: [SkippedKey])

    package var description: String {
        switch self {
        case .tooLong: "the key set is longer than 256 KiB"
        case .malformed(let reason): "the key set is not JSON: \(reason)"
        case .noKeys: "the key set is not an object with a list `keys`"
        case .tooManyKeys: "the key set has more than 100 keys"
        case .privateKey(let index): "key \(index) is a private key: publish its public half alone, and replace it"
        case .duplicateKeyID(let keyID): "two keys have the `kid` \(keyID)"
        case .nothingUsable(let skipped) where skipped.isEmpty: "the key set is empty"
        case .nothingUsable(let skipped):
            "the key set has no usable key: \(skipped.prefix(5).map(\.description).joined(separator: "; "))"
        }
    }
}
