internal import JSON

/// What a development token claims: the claims of an access token, and any others.
///
/// Source: RFC 9068 §2.2.
package struct DevelopmentClaims: Sendable, Equatable {
    package var issuer: String
    package var audience: String
    package var clientID: String
    package var tenant: String
    /// The claim that names the tenant.
    package var tenantClaim = "tenant"
    /// Defaults to the client id.
    package var subject: String?
    /// Separated by spaces.
    package var scope = "orders:write orders:read"
    /// Negative for a token that has expired.
    package var lifetime: Duration = .seconds(3600)
    /// Further claims; one of a name above takes its place.
    package var others: [ExtraClaim] = []
    /// Claims to leave out, by name.
    package var omitted: Set<String> = []
    /// `jti`.
    package var tokenID: String?

    package init(issuer: String, audience: String, clientID: String, tenant: String) {
        self.issuer = issuer
        self.audience = audience
        self.clientID = clientID
        self.tenant = tenant
    }

    /// The claims as a JSON object.
    ///
    /// - Parameter now: seconds since 1970.
    package func json(now: Int64) -> [UInt8] {
        let expiresAt = now + lifetime.components.seconds
        var claims: [(name: String, value: [UInt8])] = [
            ("iss", Self.text(issuer)),
            ("aud", Self.text(audience)),
            ("sub", Self.text(subject ?? clientID)),
            ("client_id", Self.text(clientID)),
            (tenantClaim, Self.text(tenant)),
            ("scope", Self.text(scope)),
            // An expired token was not issued after its end.
            ("iat", Self.number(min(now, expiresAt))),
            ("exp", Self.number(expiresAt)),
        ]
        if let tokenID { claims.append(("jti", Self.text(tokenID))) }
        for claim in others {
            if let index = claims.firstIndex(where: { $0.name == claim.name }) {
                claims[index].value = claim.json
            } else {
                claims.append((claim.name, claim.json))
            }
        }
        return Self.object(claims.filter { !omitted.contains($0.name) })
    }

    private static func object(_ members: [(name: String, value: [UInt8])]) -> [UInt8] {
        var json: [UInt8] = [UInt8(ascii: "{")]
        for (index, member) in members.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json.appendJSONString(member.name)
            json.append(UInt8(ascii: ":"))
            json += member.value
        }
        json.append(UInt8(ascii: "}"))
        return json
    }

    private static func text(_ text: String) -> [UInt8] {
        var json: [UInt8] = []
        json.appendJSONString(text)
        return json
    }

    private static func number(_ number: Int64) -> [UInt8] { Array("\(number)".utf8) }
}
