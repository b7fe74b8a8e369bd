extension Authenticator {
    /// Decides about the value of an `Authorization` header: `Bearer`, one space, one token.
    ///
    /// - Parameter now: seconds since 1970.
    /// Source: RFC 6750 §2.1; RFC 9110 §11.1 (the scheme's case does not matter).
    package func authenticate(
        authorization value: ArraySlice<UInt8>,
        now: Int64 = WallClock.seconds
    ) -> TokenVerdict {
        guard let token = Self.token(in: value) else { return .refused(.notBearer) }
        return authenticate(token, now: now)
    }

    /// Whether the header's token was found good before, without checking a signature.
    package func remembers(authorization value: ArraySlice<UInt8>, now: Int64 = WallClock.seconds) -> Bool {
        Self.token(in: value).map { remembers($0, now: now) } ?? false
    }

    private static func token(in value: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let scheme: StaticString = "bearer "
        let token = value.dropFirst(scheme.utf8CodeUnitCount)
        let isBearer = scheme.withUTF8Buffer { wanted in
            // Only letters are folded: the space must be one.
            value.count > wanted.count
                && zip(value, wanted).allSatisfy { $0 | ($1 >= UInt8(ascii: "a") ? 0x20 : 0) == $1 }
        }
        guard isBearer, !token.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: ",") }) else {
            return nil
        }
        return token
    }
}
