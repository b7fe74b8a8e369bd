internal import JSON

extension TokenClaims {
    /// 9999-12-31T23:59:59Z.
    private static let latest = 253_402_300_799.0

    /// Checks `exp`, `nbf` and `iat`, and returns `exp`.
    ///
    /// Fractions are read to the token's disadvantage: `exp` is rounded down, the others up.
    func checkTimes(leeway: Int64, now: Int64) throws(TokenRefusal) -> Int64 {
        guard let expiry = root.member("exp") else { throw .expiryMissing }
        let expiresAt = try Self.seconds(expiry, .down)
        let notBefore = try root.member("nbf").map { node throws(TokenRefusal) in try Self.seconds(node, .up) }
        let issuedAt = try root.member("iat").map { node throws(TokenRefusal) in try Self.seconds(node, .up) }
        guard now < expiresAt + leeway else { throw .expired }
        if let notBefore, now < notBefore - leeway { throw .notYetValid }
        if let issuedAt, now < issuedAt - leeway { throw .issuedInFuture }
        return expiresAt
    }

    private static func seconds(_ node: JSONNode, _ rule: FloatingPointRoundingRule) throws(TokenRefusal) -> Int64 {
        guard let value = node.asDouble, (0...latest).contains(value) else { throw .timeMalformed }
        return Int64(value.rounded(rule))
    }
}
