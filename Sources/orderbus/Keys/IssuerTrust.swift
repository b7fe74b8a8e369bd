internal import Tokens

/// Whether the issuer is worth standing still for.
///
/// One that answers makes a new key known within milliseconds. One that failed, or that somebody has waited for in vain,
/// is waited for by nobody until it has answered: what needs its keys waits elsewhere, and holds nothing else up.
struct IssuerTrust {
    private var lostAt: ContinuousClock.Instant?

    /// Notes that somebody has waited in vain.
    mutating func lose(at now: ContinuousClock.Instant) {
        lostAt = now
    }

    func isWorthWaiting(_ status: KeyStatus) -> Bool {
        guard status.failures == 0 else { return false }
        guard let lostAt else { return true }
        return status.lastSuccess.map { $0 > lostAt } ?? false
    }
}
