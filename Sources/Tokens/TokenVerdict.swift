/// What is to be made of a token.
package enum TokenVerdict: Sendable, Hashable {
    /// The token is genuine, current and meant for this service.
    case accepted(Principal)
    /// The sender's fault, for good (401).
    case refused(TokenRefusal)
    /// No key of that name is known yet: ask ``KeyRefresher/resolve(unknownKey:)`` and verify again if it is known then.
    case unknownKey(KeyID)
    /// There are no keys to verify with: our fault, for now (503, or wait).
    case keysUnavailable
}
