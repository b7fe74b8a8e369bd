internal import JSON
internal import Orders
internal import Synchronization
internal import Tokens

/// The token that a sender puts into each command: a given one as it is, a minted one renewed before it expires.
package final class SenderToken: Sendable {
    private struct Current {
        var authorization: String
        /// Seconds since 1970; nil for one that cannot be renewed.
        var renewAt: Int64?
    }

    private let minting: (tokens: DevelopmentTokens, claims: DevelopmentClaims)?
    private let current: Mutex<Current>

    package init(given token: String) {
        minting = nil
        current = Mutex(Current(authorization: "Bearer " + token, renewAt: nil))
    }

    /// Mints the first token.
    package init(minting tokens: DevelopmentTokens, claims: DevelopmentClaims) throws {
        minting = (tokens, claims)
        let token = try tokens.token(claims)
        current = Mutex(Current(authorization: "Bearer " + token, renewAt: Self.renewal(claims)))
    }

    /// The token that `ORDERBUS_TOKEN` or the file of `ORDERBUS_TOKEN_FILE` holds; nil where neither is set.
    ///
    /// - Throws: ``SettingsError`` where both are, or the file cannot be read.
    package static func given(in environment: [String: String]) throws(SettingsError) -> Settings.Loaded<String?> {
        try Settings.load(from: environment) { reader in
            reader.value(.senderToken).flatMap { TokenInput.token(in: Array($0.utf8)) }
                .map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// `Bearer` and the token.
    package var authorization: String {
        current.withLock { current in
            if let minting, let renewAt = current.renewAt, renewAt <= WallClock.seconds,
                let token = try? minting.tokens.token(minting.claims)
            {
                current = Current(authorization: "Bearer " + token, renewAt: Self.renewal(minting.claims))
            }
            return current.authorization
        }
    }

    private static func renewal(_ claims: DevelopmentClaims) -> Int64 {
        WallClock.seconds + claims.lifetime.components.seconds / 2
    }

    /// The id that an order of this token's client gets, as far as the token says who that is.
    ///
    /// Nothing is verified: a wrong token gives an id that no order will have.
    /// - Parameter tenantClaim: the claim that names the tenant.
    package func orderID(forKey key: String, tenantClaim: String) -> String? {
        let token = Array(authorization.utf8.dropFirst("Bearer ".utf8.count))
        let segments = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard segments.count == 3, let payload = Base64URL.decoded(segments[1]), let key = IdempotencyKey(key),
            let claims = try? JSONDocument(parsing: payload).root
        else { return nil }
        let names: [StaticString] = ["client_id", "azp", "sub"]
        guard let client = names.lazy.compactMap({ claims.member($0)?.asString }).first else { return nil }
        let tenant = claims.member(named: Array(tenantClaim.utf8))?.asString ?? client
        return OrderID(tenant: tenant, clientID: client, key: key).description
    }
}

extension Setting {
    static let senderToken = Setting("ORDERBUS_TOKEN", example: "a token of your issuer", secrecy: .whole)
}
