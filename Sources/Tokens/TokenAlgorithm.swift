/// The signature algorithms that are accepted, by their names in a token's header.
///
/// All are asymmetric: a key that verifies cannot sign. `Ed25519` is RFC 9864's name for what RFC 8037 calls `EdDSA`.
package enum TokenAlgorithm: String, Sendable, Hashable, CaseIterable {
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"
    case edDSA = "EdDSA"
    case ed25519 = "Ed25519"

    /// Finds an algorithm by its exact name, byte for byte.
    init?(named name: ArraySlice<UInt8>) {
        guard let found = Self.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name) }) else { return nil }
        self = found
    }
}
