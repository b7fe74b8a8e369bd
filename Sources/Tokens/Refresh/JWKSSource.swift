/// Where the issuer's keys come from.
package enum JWKSSource: Sendable {
    /// A file, read again when it changes.
    case file(path: String)
    /// Anything else, as a rule an HTTP client: fetches the key set once, and must end soon when its task is cancelled.
    case fetch(@Sendable () async throws -> JWKSResponse)
}
