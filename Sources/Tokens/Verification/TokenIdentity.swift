internal import JSON

/// Whom a token names.
struct TokenIdentity {
    /// OpenID Connect Core §2 bounds `sub` so; databases and logs want some bound for the others too.
    private static let maxBytes = 255

    let subject: String?
    let clientID: String
    let tenant: String
    let tokenID: String?

    init(_ claims: JSONNode, tenantClaim: String) throws(TokenRefusal) {
        subject = try Self.name(claims.member("sub"))
        tokenID = try Self.name(claims.member("jti"))
        let client = try Self.name(claims.member("client_id"))
        let authorizedParty = try Self.name(claims.member("azp"))
        guard let clientID = client ?? authorizedParty ?? subject else { throw .identityMissing }
        self.clientID = clientID
        tenant = try Self.name(claims.member(named: Array(tenantClaim.utf8))) ?? clientID
    }

    private static func name(_ member: JSONNode?) throws(TokenRefusal) -> String? {
        guard let member else { return nil }
        guard let bytes = member.utf8, (1...maxBytes).contains(bytes.count),
            !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else { throw .identityMalformed }
        return String(decoding: bytes, as: UTF8.self)
    }
}
