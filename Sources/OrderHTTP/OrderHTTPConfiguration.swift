/// What of the adapter's conduct can be chosen; see the settings of `orderbus http` for names and ranges.
package struct OrderHTTPConfiguration: Sendable {
    /// How long a reply is waited for.
    ///
    /// Defaults to 2 s.
    package var replyTimeout = Duration.seconds(2)
    /// Requests that are answered at one time.
    ///
    /// Defaults to 1000.
    package var inFlightLimit = 1000
    /// Who may call; empty for everyone.
    package var allowedAddresses: [AddressRange] = []
    package var addressRule = ClientAddressRule()
    /// What one client may send; `nil` for any number.
    package var clientRate: RatePolicy?
    /// What one address may send without a good token; `nil` for any number.
    package var failureRate: RatePolicy?
    package var breaker = CircuitBreaker.Settings()
    package var certificates = CertificateRule()
    /// Browsers are told to come by TLS alone.
    package var isSecure = false

    package init() {}
}
