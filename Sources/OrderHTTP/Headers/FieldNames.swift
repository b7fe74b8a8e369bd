package import HTTPTypes

extension HTTPField.Name {
    static let idempotencyKey = known("Idempotency-Key")
    static let idempotentReplayed = known("Idempotent-Replayed")
    static let prefer = known("Prefer")
    static let preferenceApplied = known("Preference-Applied")
    package static let requestID = known("X-Request-Id")
    static let link = known("Link")
    static let rateLimit = known("RateLimit")
    static let rateLimitPolicy = known("RateLimit-Policy")
    package static let forwarded = known("Forwarded")
    package static let xForwardedFor = known("X-Forwarded-For")
    package static let referrerPolicy = known("Referrer-Policy")
    package static let secFetchSite = known("Sec-Fetch-Site")
    static let xFrameOptions = known("X-Frame-Options")
    package static let permissionsPolicy = known("Permissions-Policy")
    package static let crossOriginOpenerPolicy = known("Cross-Origin-Opener-Policy")

    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no field name") }
        return name
    }
}
