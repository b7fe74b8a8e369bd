internal import OrderHTTP

/// How the adapter treats its callers.
///
/// | setting | default | |
/// |---|---|---|
/// | `HTTP_REPLY_TIMEOUT` | `2s` | `10ms`…`60s`; how long a reply is waited for |
/// | `HTTP_IN_FLIGHT` | `1000` | 1…100000 requests being answered at one time; more are shed |
/// | `HTTP_CONNECTIONS` | `4096` | 1…100000 open connections; more wait |
/// | `HTTP_THREADS` | `1` | 1…64 event loops |
/// | `HTTP_HEAD_TIMEOUT`, `HTTP_BODY_TIMEOUT` | `10s` | `100ms`…`10m`; to send a request's head, and its body |
/// | `HTTP_WRITE_TIMEOUT`, `HTTP_IDLE_TIMEOUT` | `20s`, `60s` | `100ms`…`1h`; to read a response, and between two |
/// | `HTTP_CLIENT_RATE` | `10000/1s` | a number and a duration, or `off`; what one client may send |
/// | `HTTP_FAILURE_RATE` | `600/1m` | the same; what one address may send without a good token |
/// | `HTTP_ALLOWED_ADDRESSES` | all | addresses and ranges, comma-separated |
/// | `HTTP_TRUSTED_PROXIES` | none | the same; whose `HTTP_FORWARDED_FIELD` is believed |
/// | `HTTP_FORWARDED_FIELD` | `x-forwarded-for` | or `forwarded` |
/// | `HTTP_BREAKER_FAILURES` | `5` | 1…1000 failures in a row that open the breaker |
/// | `HTTP_BREAKER_OPEN`, `HTTP_BREAKER_LONGEST` | `1s`, `10s` | `10ms`…`10m`; how long it stays open, at first and at most |
struct HTTPSettings: Sendable {
    let listener: ListenerSettings
    let threads: Int
    let configuration: OrderHTTPConfiguration
    let limits: ConnectionLimits
    let tls: TLSSettings?

    init(reading reader: inout SettingsReader) {
        listener = ListenerSettings.http(reading: &reader)
        threads = reader.integer(.httpThreads, in: 1...64) ?? 1
        limits = Self.limits(reading: &reader)
        tls = TLSSettings.read("HTTP", &reader)
        var configuration = Self.configuration(reading: &reader)
        configuration.isSecure = tls != nil
        if !configuration.certificates.clients.isEmpty, tls?.clientAuthorityFile == nil {
            reader.refuse(TLSSettings.clientAuthorityFile("HTTP"), "is not set, but HTTP_TLS_CLIENT_NAMES is")
        }
        self.configuration = configuration
    }

    private static func configuration(reading reader: inout SettingsReader) -> OrderHTTPConfiguration {
        var configuration = OrderHTTPConfiguration()
        let waits: ClosedRange<Duration> = .milliseconds(10)...(.seconds(60))
        configuration.replyTimeout = reader.duration(.httpReplyTimeout, in: waits, default: .seconds(2))
        configuration.inFlightLimit =
            reader.integer(.httpInFlight, in: 1...100_000) ?? configuration.inFlightLimit
        configuration.clientRate = reader.rate(
            .httpClientRate,
            default: RatePolicy(quota: 10_000, window: .seconds(1))
        )
        configuration.failureRate = reader.rate(
            .httpFailureRate,
            default: RatePolicy(quota: 600, window: .seconds(60))
        )
        configuration.allowedAddresses = reader.addressRanges(.httpAllowedAddresses)
        configuration.addressRule = reader.addressRule(.httpTrustedProxies, .httpForwardedField)
        let openTimes: ClosedRange<Duration> = .milliseconds(10)...(.seconds(600))
        configuration.breaker = CircuitBreaker.Settings(
            failureThreshold: reader.integer(.httpBreakerFailures, in: 1...1000) ?? 5,
            openTime: reader.duration(.httpBreakerOpen, in: openTimes, default: .seconds(1)),
            longestOpenTime: reader.duration(.httpBreakerLongest, in: openTimes, default: .seconds(10))
        )
        configuration.certificates = reader.certificateRule(.httpClientNames)
        return configuration
    }

    private static func limits(reading reader: inout SettingsReader) -> ConnectionLimits {
        var limits = ConnectionLimits()
        let requestTimes: ClosedRange<Duration> = .milliseconds(100)...(.seconds(600))
        let restTimes: ClosedRange<Duration> = .milliseconds(100)...(.seconds(3600))
        limits.headTime = reader.duration(.httpHeadTimeout, in: requestTimes, default: limits.headTime)
        limits.bodyTime = reader.duration(.httpBodyTimeout, in: requestTimes, default: limits.bodyTime)
        limits.writeTime = reader.duration(.httpWriteTimeout, in: restTimes, default: limits.writeTime)
        limits.idleTime = reader.duration(.httpIdleTimeout, in: restTimes, default: limits.idleTime)
        limits.connectionCount =
            reader.integer(.httpConnections, in: 1...100_000) ?? limits.connectionCount
        return limits
    }
}
