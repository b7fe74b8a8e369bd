/// Whose tokens are trusted.
///
/// | setting | default | |
/// |---|---|---|
/// | `OIDC_ISSUER` | required | equal to a token's `iss` |
/// | `OIDC_AUDIENCE` | required | among a token's `aud` |
/// | `OIDC_JWKS_URL` or `OIDC_JWKS_FILE` | issuer + `/.well-known/jwks.json` | where the keys are; not both |
/// | `OIDC_TENANT_CLAIM` | `tenant` | the claim that names the tenant, 1…128 characters |
package struct TokenSettings: Sendable, Equatable {
    /// Where the keys come from.
    package enum Keys: Sendable, Equatable {
        case url(String)
        case file(path: String)
    }

    package let issuer: String
    package let audience: String
    package let keys: Keys
    package let tenantClaim: String

    package init(reading reader: inout SettingsReader) {
        issuer = reader.exact(.issuer)
        audience = reader.exact(.audience)
        keys = Self.keys(issuer: issuer, reading: &reader)
        tenantClaim = reader.text(.tenantClaim, default: "tenant")
        if tenantClaim.utf8.count > 128 {
            reader.refuse(.tenantClaim, "is longer than 128 bytes")
        }
    }

    private static func keys(issuer: String, reading reader: inout SettingsReader) -> Keys {
        let url = reader.value(.jwksURL)
        let path = reader.value(.jwksFile)
        if let path {
            if url != nil {
                reader.refuse(.jwksFile, "and OIDC_JWKS_URL are both set, and only one may be")
            }
            return .file(path: path)
        }
        let chosen = url ?? issuer.trimmingSlash + "/.well-known/jwks.json"
        let setting = url == nil ? Setting.issuer : .jwksURL
        if !chosen.hasPrefix("https://"), !chosen.hasPrefix("http://"), !issuer.isEmpty {
            reader.refuse(setting, "does not begin with https:// or http://")
        } else if !issuer.isEmpty, !WebURL.namesHost(url ?? issuer) {
            reader.refuse(setting, "names no host and port that could be asked for keys")
        }
        if chosen.hasPrefix("http://"), !isLoopback(chosen) {
            reader.warn("the keys are fetched over plain HTTP: whoever stands between can make tokens; use https://")
        }
        return .url(chosen)
    }

    private static func isLoopback(_ url: String) -> Bool {
        let authority = url.dropFirst("http://".count).prefix { $0 != "/" }
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        return host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
    }
}

extension String {
    fileprivate var trimmingSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
