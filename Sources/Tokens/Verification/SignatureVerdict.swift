/// What is to be made of a token's signature alone.
package enum SignatureVerdict: Sendable {
    case valid(SignedToken)
    case refused(TokenRefusal)
    /// No key of that name is in the set.
    case unknownKey(KeyID)
}
