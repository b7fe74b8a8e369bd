package import HTTPTypes

/// The fields that every response has, unless its answer says otherwise.
package enum SecurityFields {
    /// Source: OWASP REST Security Cheat Sheet, "Security Headers".
    package static func make(isSecure: Bool) -> HTTPFields {
        var fields: HTTPFields = [
            .cacheControl: "no-store",
            .contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
            .xContentTypeOptions: "nosniff",
            .xFrameOptions: "DENY",
            .referrerPolicy: "no-referrer",
            .crossOriginResourcePolicy: "same-origin",
        ]
        if isSecure { fields[.strictTransportSecurity] = "max-age=63072000" }
        return fields
    }
}
