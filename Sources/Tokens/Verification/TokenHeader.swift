internal import JSON

/// What a token says about its signature; nothing in it is proven yet.
///
/// Source: RFC 7515 §4; RFC 8725 §3.
struct TokenHeader {
    private static let limits = JSONLimits(maxBytes: TokenSegments.maxHeaderBytes, maxDepth: 3)
    private static let maxMembers = 16

    let algorithm: TokenAlgorithm
    let keyID: KeyID?

    /// Reads a header and applies every rule that needs no key.
    ///
    /// - Parameter typesAllowed: the values of `typ` that are accepted; nil accepts any, and none.
    init(_ bytes: [UInt8], typesAllowed: [String]?) throws(TokenRefusal) {
        guard let root = try? JSONDocument(parsing: bytes, limits: Self.limits).root, root.kind == .object,
            root.count <= Self.maxMembers
        else { throw .headerMalformed }
        guard let name = root.member("alg")?.utf8, let algorithm = TokenAlgorithm(named: name) else {
            throw .algorithmNotAllowed
        }
        self.algorithm = algorithm
        if let typesAllowed { try Self.checkType(root.member("typ"), allowed: typesAllowed) }
        try Self.refuseExtensions(root)
        keyID = try Self.keyID(root.member("kid"))
    }

    private static func checkType(_ member: JSONNode?, allowed: [String]) throws(TokenRefusal) {
        guard let type = member?.utf8.map(lowercased), allowed.contains(where: { lowercased($0.utf8) == type }) else {
            throw .typeNotAllowed
        }
    }

    private static func refuseExtensions(_ root: JSONNode) throws(TokenRefusal) {
        if root.member("cty") != nil { throw .contentType }
        if root.member("crit") != nil || root.member("b64") != nil { throw .criticalExtension }
        for name: StaticString in ["jku", "jwk", "x5u", "x5c"] where root.member(name) != nil { throw .embeddedKey }
    }

    private static func keyID(_ member: JSONNode?) throws(TokenRefusal) -> KeyID? {
        guard let member else { return nil }
        guard let bytes = member.utf8, bytes.count <= KeyID.maxBytes else { throw .keyIDMalformed }
        return KeyID(utf8: Array(bytes))
    }

    /// Media types are compared without regard to the case of ASCII letters (RFC 7515 §4.1.9).
    private static func lowercased(_ text: some Sequence<UInt8>) -> [UInt8] {
        text.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }
}
