internal import Tokens

extension Checkup {
    /// Whether the issuer's keys can be had, and how many are usable.
    static var keys: Checkup {
        with("token keys", TokenSettings.init) { settings in
            do {
                let keys = try await TokenVerification.keys(settings.keys)
                let skipped = keys.skipped.map(\.description)
                return [KeyFacts.check(count: keys.count, skipped: skipped, issuer: settings.issuer)]
            } catch {
                let explanation = (error as? any Explained)?.explanation ?? Explanation(what: "\(error)")
                return [CheckResult("token keys", failedWith: explanation)]
            }
        }
    }
}
