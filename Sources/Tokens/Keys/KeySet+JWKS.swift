internal import JSON

extension KeySet {
    static let maxBytes = 256 * 1024
    static let maxKeys = 100

    /// Reads a JWK set key by key.
    ///
    /// A key that is not understood, or not for signatures, is skipped; a private key, or two usable keys of one name,
    /// spoil the whole set.
    ///
    /// - Throws: `KeySetError`; keep the set that you have.
    /// Source: RFC 7517 §5 ("SHOULD ignore JWKs … that are not understood").
    package init(jwks bytes: [UInt8]) throws(KeySetError) {
        guard bytes.count <= Self.maxBytes else { throw .tooLong }
        let root: JSONNode
        do throws(JSONError) {
            root = try JSONDocument(parsing: bytes, limits: JSONLimits(maxBytes: Self.maxBytes, maxDepth: 16)).root
        } catch {
            throw .malformed(error.description)
        }
        guard let list = root.member("keys"), list.kind == .array else { throw .noKeys }
        guard list.count <= Self.maxKeys else { throw .tooManyKeys }
        var usable: [(index: Int, key: VerificationKey)] = []
        var skipped: [SkippedKey] = []
        for (index, node) in list.elements.enumerated() {
            let jwk = JWK(node)
            guard !jwk.isPrivate else { throw .privateKey(index: index) }
            do throws(SkippedKey.Reason) {
                usable.append((index, try jwk.verificationKey()))
            } catch {
                skipped.append(SkippedKey(index: index, keyID: jwk.keyID, reason: error))
            }
        }
        if usable.count > 1 {
            skipped += usable.filter { $0.key.keyID == nil }.map {
                SkippedKey(index: $0.index, keyID: nil, reason: .noKeyID)
            }
            usable.removeAll { $0.key.keyID == nil }
        }
        guard !usable.isEmpty else { throw .nothingUsable(skipped: skipped) }
        if let twice = Self.firstDuplicate(usable.compactMap(\.key.keyID)) { throw .duplicateKeyID(twice) }
        self.init(keys: usable.map(\.key), skipped: skipped)
    }

    private static func firstDuplicate(_ keyIDs: [KeyID]) -> KeyID? {
        var seen: Set<KeyID> = []
        return keyIDs.first { !seen.insert($0).inserted }
    }
}
