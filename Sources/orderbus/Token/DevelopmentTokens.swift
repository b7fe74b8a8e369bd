package import Tokens

/// Mints tokens with a key of one's own, as an issuer does: for development, load and tests.
package struct DevelopmentTokens: Sendable {
    private let signer: TokenSigner

    package init(signer: TokenSigner) {
        self.signer = signer
    }

    /// Mints one token.
    ///
    /// - Parameters:
    ///   - type: the header's `typ`; nil leaves it out.
    ///   - now: seconds since 1970.
    /// - Throws: `TokenSigningError`.
    package func token(
        _ claims: DevelopmentClaims,
        type: String? = "at+jwt",
        now: Int64 = WallClock.seconds
    ) throws(TokenSigningError) -> String {
        String(decoding: try signer.token(claims: claims.json(now: now), type: type), as: UTF8.self)
    }
}
