internal import JSON

/// The claims of a token whose signature was right.
///
/// Source: RFC 7519 §4; RFC 9068 §2.2.
struct TokenClaims {
    static let limits = JSONLimits(maxBytes: TokenSegments.maxTokenBytes, maxDepth: 32)

    let root: JSONNode

    init(_ bytes: [UInt8]) throws(TokenRefusal) {
        guard let root = try? JSONDocument(parsing: bytes, limits: Self.limits).root, root.kind == .object else {
            throw .claimsMalformed
        }
        self.root = root
    }

    /// Checks every claim against the policy, in a fixed order.
    ///
    /// - Parameter now: seconds since 1970.
    func principal(under policy: TokenPolicy, now: Int64) throws(TokenRefusal) -> Principal {
        guard let issuer = root.member("iss")?.utf8, issuer.elementsEqual(policy.issuer.utf8) else {
            throw .issuerMismatch
        }
        try checkAudience(policy.audience)
        let expiresAt = try checkTimes(leeway: policy.leewaySeconds, now: now)
        let identity = try TokenIdentity(root, tenantClaim: policy.tenantClaim)
        let scopes = try scopes()
        let confirmation = try TokenConfirmation(root.member("cnf"))
        return Principal(
            issuer: policy.issuer,
            subject: identity.subject,
            clientID: identity.clientID,
            tenant: identity.tenant,
            scopes: scopes,
            expiresAt: expiresAt,
            tokenID: identity.tokenID,
            isSenderConstrained: confirmation.isPresent,
            certificateThumbprint: confirmation.certificateThumbprint
        )
    }

    private func checkAudience(_ audience: String) throws(TokenRefusal) {
        guard let member = root.member("aud") else { throw .audienceMismatch }
        let names: [JSONNode]
        switch member.kind {
        case .string: names = [member]
        case .array where (1...16).contains(member.count): names = Array(member.elements)
        default: throw .audienceMalformed
        }
        guard names.allSatisfy({ $0.kind == .string }) else { throw .audienceMalformed }
        guard names.contains(where: { $0.utf8?.elementsEqual(audience.utf8) ?? false }) else {
            throw .audienceMismatch
        }
    }
}
