/// What a rate limiter says to one request.
package struct RateDecision: Sendable, Hashable {
    package let policy: RatePolicy
    package let isAllowed: Bool
    /// Requests that may follow at once.
    package let remaining: Int
    /// Until there are more: the next one after a refusal, else all of them again.
    package let reset: Duration

    /// The value of `RateLimit`.
    package var limitField: String { "\"default\";r=\(remaining);t=\(reset.wholeSecondsUp)" }

    /// Seconds for `Retry-After`, at least 1.
    package var retryAfter: Int64 { max(reset.wholeSecondsUp, 1) }
}

extension Duration {
    /// In seconds, rounded up.
    var wholeSecondsUp: Int64 {
        components.seconds + (components.attoseconds > 0 ? 1 : 0)
    }
}
