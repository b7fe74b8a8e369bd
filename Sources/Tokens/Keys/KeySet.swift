/// The issuer's usable keys at one time; never changed, replaced as a whole.
package struct KeySet: Sendable {
    private let keysByID: [KeyID: VerificationKey]
    /// The issuer's key, where there is exactly one: the only case in which a token need not name it.
    let soleKey: VerificationKey?
    /// The keys that are not used, in the order of the JWKS.
    package let skipped: [SkippedKey]

    /// How many keys are usable.
    package var count: Int { soleKey == nil ? keysByID.count : 1 }

    /// - Parameter keys: at least one, no two of the same name.
    init(keys: [VerificationKey], skipped: [SkippedKey]) {
        soleKey = keys.count == 1 ? keys.first : nil
        keysByID = Dictionary(keys.compactMap { key in key.keyID.map { ($0, key) } }) { first, _ in first }
        self.skipped = skipped
    }

    /// Looks a key up by its exact name.
    func key(named keyID: KeyID) -> VerificationKey? { keysByID[keyID] }

    package func contains(_ keyID: KeyID) -> Bool { keysByID[keyID] != nil }

    /// Whether the same tokens verify with both.
    package func hasSameKeys(as other: KeySet) -> Bool { keysByID == other.keysByID && soleKey == other.soleKey }
}
