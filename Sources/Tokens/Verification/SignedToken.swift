/// A token whose signature was right, and nothing else looked at yet.
package struct SignedToken: Sendable {
    /// The key's name, where the token has one.
    package let keyID: KeyID?
    package let algorithm: TokenAlgorithm
    /// The payload: JSON, if the token is a JWT.
    package let claims: [UInt8]
}
