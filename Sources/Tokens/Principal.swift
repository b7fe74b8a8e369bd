/// Who a verified token speaks for, and what it allows.
package struct Principal: Sendable, Hashable {
    package let issuer: String
    package let subject: String?
    /// `client_id`, else `azp`, else `sub`.
    package let clientID: String
    /// The claim that the policy names, else the client id.
    package let tenant: String
    package let scopes: [String]
    /// Seconds since 1970, without the leeway.
    package let expiresAt: Int64
    /// `jti`.
    package let tokenID: String?
    /// The token bears `cnf`: whoever cannot check that proof must refuse it.
    package let isSenderConstrained: Bool
    /// SHA-256 of the client certificate that the token is bound to, 32 bytes (RFC 8705 §3.1).
    package let certificateThumbprint: [UInt8]?

    package init(
        issuer: String,
        subject: String? = nil,
        clientID: String,
        tenant: String,
        scopes: [String],
        expiresAt: Int64,
        tokenID: String? = nil,
        isSenderConstrained: Bool = false,
        certificateThumbprint: [UInt8]? = nil
    ) {
        self.issuer = issuer
        self.subject = subject
        self.clientID = clientID
        self.tenant = tenant
        self.scopes = scopes
        self.expiresAt = expiresAt
        self.tokenID = tokenID
        self.isSenderConstrained = isSenderConstrained
        self.certificateThumbprint = certificateThumbprint
    }
}
