/// How many requests one caller may send in how long.
package struct RatePolicy: Sendable, Hashable {
    /// At least 1; all of them may come at once.
    package let quota: Int
    /// More than zero.
    package let window: Duration
    /// The time that one request costs.
    let interval: Duration
    /// The value of `RateLimit-Policy`.
    ///
    /// Source: draft-ietf-httpapi-ratelimit-headers §3.
    package let field: String

    /// Makes a policy; `nil` unless both are more than zero, and the time for one request is too.
    package init?(quota: Int, window: Duration) {
        guard quota > 0, window > .zero, window / quota > .zero else { return nil }
        self.quota = quota
        self.window = window
        interval = window / quota
        field = "\"default\";q=\(quota);w=\(window.wholeSecondsUp)"
    }
}
