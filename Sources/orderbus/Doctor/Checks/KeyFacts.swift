/// The issuer's keys, as far as they say something about the deployment.
package enum KeyFacts {
    /// Judges a key set that could be read.
    ///
    /// - Parameters:
    ///   - count: the keys that verify tokens.
    ///   - skipped: what is wrong with each of the others.
    package static func check(count: Int, skipped: [String], issuer: String) -> CheckResult {
        let keys = count == 1 ? "1 usable key" : "\(count) usable keys"
        guard skipped.isEmpty else {
            return CheckResult(
                "token keys",
                .warning,
                "\(keys) of \(issuer), \(skipped.count) skipped: " + skipped.prefix(3).joined(separator: "; "),
                advice: "tokens signed with a skipped key are refused: see whether the issuer signs with one"
            )
        }
        return CheckResult("token keys", .ok, "\(keys) of \(issuer)")
    }
}
