extension Setting {
    static let httpReplyTimeout = Setting("HTTP_REPLY_TIMEOUT", example: "2s")
    static let httpInFlight = Setting("HTTP_IN_FLIGHT", example: "1000")
    static let httpConnections = Setting("HTTP_CONNECTIONS", example: "4096")
    static let httpThreads = Setting("HTTP_THREADS", example: "1")
    static let httpHeadTimeout = Setting("HTTP_HEAD_TIMEOUT", example: "10s")
    static let httpBodyTimeout = Setting("HTTP_BODY_TIMEOUT", example: "10s")
    static let httpWriteTimeout = Setting("HTTP_WRITE_TIMEOUT", example: "20s")
    static let httpIdleTimeout = Setting("HTTP_IDLE_TIMEOUT", example: "60s")
    static let httpClientRate = Setting("HTTP_CLIENT_RATE", example: "10000/1s")
    static let httpFailureRate = Setting("HTTP_FAILURE_RATE", example: "600/1m")
    static let httpAllowedAddresses = Setting(
        "HTTP_ALLOWED_ADDRESSES",
        example: "192.0.2.0/24,2001:db8::/32"
    )
    static let httpTrustedProxies = Setting("HTTP_TRUSTED_PROXIES", example: "10.0.0.0/8")
    static let httpForwardedField = Setting("HTTP_FORWARDED_FIELD", example: "x-forwarded-for")
    static let httpBreakerFailures = Setting("HTTP_BREAKER_FAILURES", example: "5")
    static let httpBreakerOpen = Setting("HTTP_BREAKER_OPEN", example: "1s")
    static let httpBreakerLongest = Setting("HTTP_BREAKER_LONGEST", example: "10s")
    static let httpClientNames = Setting(
        "HTTP_TLS_CLIENT_NAMES",
        example: "dns:loader.example.com=loader"
    )
}
