import ArgumentParser
internal import Tokens

/// Whom a minted token speaks for; for `@OptionGroup`.
struct IdentityOptions: ParsableArguments {
    @Option(help: "The client that the token is made for.")
    var clientID = "loadgen"

    @Option(help: "The tenant that the client belongs to.")
    var tenant = "acme"

    @Option(help: "The issuer, `iss`. (default: OIDC_ISSUER)")
    var issuer: String?

    @Option(help: "The audience, `aud`. (default: OIDC_AUDIENCE)")
    var audience: String?

    /// The claims as far as they are known here.
    ///
    /// - Throws: ``SettingsError`` where issuer or audience are given neither here nor in the environment.
    func claims() throws -> DevelopmentClaims {
        var environment = Settings.environment
        if let issuer { environment.give(.issuer, issuer) }
        if let audience { environment.give(.audience, audience) }
        return try Settings.load(from: environment) { reader in
            var claims = DevelopmentClaims(
                issuer: reader.required(.issuer),
                audience: reader.required(.audience),
                clientID: clientID,
                tenant: tenant
            )
            claims.tenantClaim = reader.text(.tenantClaim, default: "tenant")
            claims.tokenID = RandomName.make()
            return claims
        }.value
    }
}

extension [String: String] {
    /// Sets a setting, whether it was given by itself or in a file.
    fileprivate mutating func give(_ setting: Setting, _ value: String) {
        self[setting.name] = value
        self[setting.name + "_FILE"] = nil
    }
}
