package import Tokens

/// What a key must be for its tokens to be of use.
package enum SigningKeyRules {
    /// Why those who verify would leave the key out of their set; nil where they take it.
    ///
    /// They are asked themselves, so that nothing is minted that they refuse: RSA of 1024 bits, for example.
    package static func objection(to signer: TokenSigner) -> String? {
        do {
            return try KeySet(jwks: signer.publicJWKS()).skipped.first?.reason.rawValue
        } catch KeySetError.nothingUsable(let skipped) {
            return skipped.first?.reason.rawValue ?? "its set is empty"
        } catch {
            return "\(error)"
        }
    }
}
