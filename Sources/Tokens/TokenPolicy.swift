/// What a token must say to be accepted here.
package struct TokenPolicy: Sendable, Hashable {
    /// `iss`, compared byte for byte.
    package let issuer: String
    /// What `aud` must be or contain, compared byte for byte.
    package let audience: String
    /// The claim that names the tenant; `tenant` by default.
    package let tenantClaim: String
    /// The values of `typ` that mark an access token, compared without regard to case.
    package let allowedTypes: [String]
    /// How far clocks may differ, in seconds, 0 to 60; 60 by default.
    package let leewaySeconds: Int64

    package init(
        issuer: String,
        audience: String,
        tenantClaim: String = "tenant",
        allowedTypes: [String] = ["at+jwt", "application/at+jwt", "JWT"],
        leewaySeconds: Int64 = 60
    ) {
        self.issuer = issuer
        self.audience = audience
        self.tenantClaim = tenantClaim
        self.allowedTypes = allowedTypes
        self.leewaySeconds = min(max(leewaySeconds, 0), 60)
    }
}
