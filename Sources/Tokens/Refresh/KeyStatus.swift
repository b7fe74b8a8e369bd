/// How the keys are, for readiness and metrics.
package struct KeyStatus: Sendable {
    /// Whether there are keys to verify with.
    package var isReady = false
    /// When the provider was last found to have the keys that are used; nil before the first time.
    package var lastSuccess: ContinuousClock.Instant?
    /// How many keys are usable.
    package var keyCount = 0
    /// The keys of the last good set that are not used.
    package var skipped: [SkippedKey] = []
    /// Why the last attempt failed; nil where it did not.
    package var lastError: String?
    /// How many attempts failed since the last that did not.
    package var failures = 0

    package init() {}

    /// How long ago the provider was last found to have these keys; nil before the first time.
    package func age(at now: ContinuousClock.Instant = .now) -> Duration? {
        lastSuccess.map { $0.duration(to: now) }
    }
}
