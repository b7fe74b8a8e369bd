extension KeyRefresher {
    /// Decides about an `Authorization` value whose key was not known, once that is found out.
    ///
    /// - Parameter keyID: what ``TokenVerdict/unknownKey(_:)`` said.
    /// - Parameter now: seconds since 1970.
    /// - Returns: never `.unknownKey`: a key that the issuer does not have is `.refused(.keyUnknown)`, one that cannot be
    ///   found out about `.keysUnavailable`.
    package func verdict(
        afterUnknownKey keyID: KeyID,
        authorization value: ArraySlice<UInt8>,
        now: Int64 = WallClock.seconds
    ) async -> TokenVerdict {
        switch await resolve(unknownKey: keyID) {
        case .absent: return .refused(.keyUnknown)
        case .unavailable: return .keysUnavailable
        case .nowKnown:
            let verdict = authenticator.authenticate(authorization: value, now: now)
            // Removed again meanwhile: the next attempt will see.
            if case .unknownKey = verdict { return .keysUnavailable }
            return verdict
        }
    }
}
