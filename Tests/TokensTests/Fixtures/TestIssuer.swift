import Tokens

/// An issuer with one key, and the service that trusts it.
struct TestIssuer {
    /// 2027-01-15T08:00:00Z.
    static let now: Int64 = 1_800_000_000
    static let policy = TokenPolicy(issuer: "https://issuer.example", audience: "orderbus")
    /// RSA keys take long to make: one is enough for all tests.
    private static let rsa = Result { try TokenSigner(generating: .rs256, keyID: KeyID("rsa")).privatePEM() }

    let signer: TokenSigner
    let keys: KeySet

    init(_ algorithm: TokenAlgorithm = .es256, keyID: String? = "key-1") throws {
        let keyID = keyID.map { KeyID($0) }
        switch algorithm {
        case .rs256, .ps256:
            signer = try TokenSigner(pem: try Self.rsa.get(), keyID: keyID, algorithm: algorithm)
        case .es256, .edDSA, .ed25519:
            signer = try TokenSigner(generating: algorithm, keyID: keyID)
        }
        keys = try KeySet(jwks: try signer.publicJWKS())
    }

    /// A token that is good but for what is changed.
    ///
    /// - Parameter header: the whole header in JSON; nil for a good one.
    /// - Parameter claims: claims to replace, in JSON; nil leaves one out.
    func token(header: String? = nil, claims changes: [String: String?] = [:]) throws -> [UInt8] {
        try token(header: header, rawClaims: Self.claims(changes))
    }

    func token(header: String? = nil, rawClaims: String) throws -> [UInt8] {
        guard let header else { return try signer.token(claims: Array(rawClaims.utf8)) }
        return try signer.token(header: Array(header.utf8), claims: Array(rawClaims.utf8))
    }

    func verify(_ token: [UInt8], now: Int64 = TestIssuer.now) -> TokenVerdict {
        TokenVerifier(policy: Self.policy).verify(token, keys: keys, now: now)
    }

    static func claims(_ changes: [String: String?] = [:]) -> String {
        var claims: [String: String?] = [
            "iss": "\"https://issuer.example\"",
            "aud": "\"orderbus\"",
            "exp": "\(now + 600)",
            "iat": "\(now)",
            "sub": "\"user-7\"",
            "client_id": "\"loadgen\"",
            "tenant": "\"acme\"",
            "scope": "\"orders:write orders:read\"",
            "jti": "\"token-1\"",
        ]
        claims.merge(changes) { $1 }
        let members = claims.compactMap { name, value in value.map { "\"\(name)\":\($0)" } }.sorted()
        return "{\(members.joined(separator: ","))}"
    }
}
