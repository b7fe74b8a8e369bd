/// Tells who sent a command, from the proof that came with it.
package protocol CallerAuthenticator: Sendable {
    /// Judges the value of an `authorization` header with the keys that are at hand; about a microsecond for a token
    /// that was seen before.
    ///
    /// - Parameters:
    ///   - authorization: the header's bytes, or `nil` if there was none.
    ///   - provenBinding: the sender's proof of possession was checked by whoever published the command, as the
    ///     broker vouches, so a sender-constrained token may be taken.
    func authenticate(authorization: ArraySlice<UInt8>?, provenBinding: Bool) -> Authentication

    /// Looks for a key that was not at hand, for a short while.
    ///
    /// - Returns: what to do with tokens that were signed with it.
    func resolve(_ key: UnknownKey) async -> KeyResolution
}

/// What became of a key that was not at hand.
package enum KeyResolution: Sendable, Hashable {
    /// It is now.
    case judgeAgain
    /// The issuer does not have it.
    case refuse(Refusal)
    /// It could not be found out, and that is our outage: the token must wait.
    case unavailable
}

/// A key that is needed and not at hand.
package enum UnknownKey: Sendable, Hashable {
    case named([UInt8])
    /// There are no keys at all yet.
    case any
}

/// A verdict on a token.
package enum Authentication: Sendable, Hashable {
    case caller(Caller)
    /// The sender's fault.
    case refused(Refusal)
    /// Signed with a key that is not at hand: resolve it and judge again.
    case unknownKey(UnknownKey)
}
