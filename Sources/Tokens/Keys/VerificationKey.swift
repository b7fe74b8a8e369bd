/// A key of the issuer, bound to the one algorithm that it verifies.
struct VerificationKey: Sendable, Hashable {
    /// nil for a key without `kid`, which can be used only while it is the issuer's one key.
    let keyID: KeyID?
    let algorithm: TokenAlgorithm
    /// What tells this key from others: its public numbers.
    private let material: [[UInt8]]
    let handle: PublicKeyHandle

    init(keyID: KeyID?, algorithm: TokenAlgorithm, material: [[UInt8]], handle: PublicKeyHandle) {
        self.keyID = keyID
        self.algorithm = algorithm
        self.material = material
        self.handle = handle
    }

    static func == (first: VerificationKey, second: VerificationKey) -> Bool {
        first.keyID == second.keyID && first.algorithm == second.algorithm && first.material == second.material
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(keyID)
        hasher.combine(algorithm)
        hasher.combine(material)
    }
}
