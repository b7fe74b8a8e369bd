internal import OrderConsole
internal import OrderHTTP

/// How the console treats those who call it.
///
/// | setting | default | |
/// |---|---|---|
/// | `CONSOLE_IN_FLIGHT` | `200` | 1…10000 requests being answered at one time, sign-ins apart; more are shed |
/// | `CONSOLE_CONNECTIONS` | `512` | 1…100000 open connections; more wait |
/// | `CONSOLE_OPERATOR_RATE` | `6000/1m` | a number and a duration, or `off`; what one operator may ask |
/// | `CONSOLE_FAILURE_RATE` | `600/1m` | the same; what one address may send without a good token |
/// | `CONSOLE_ALLOWED_ADDRESSES` | all | addresses and ranges, comma-separated |
/// | `CONSOLE_TRUSTED_PROXIES` | none | the same; whose `CONSOLE_FORWARDED_FIELD` is believed |
/// | `CONSOLE_FORWARDED_FIELD` | `x-forwarded-for` | or `forwarded` |
/// | `CONSOLE_TLS_…` | none | as ``TLSSettings`` reads them |
struct ConsoleSettings: Sendable {
    let listener: ListenerSettings
    let configuration: ConsoleConfiguration
    let limits: ConnectionLimits
    let tls: TLSSettings?

    /// - Parameter brokerUsers: told by whose authority the workers do whose commands.
    init(_ brokerUsers: BrokerUserSettings, reading reader: inout SettingsReader) {
        listener = ListenerSettings.console(reading: &reader)
        tls = TLSSettings.read("CONSOLE", &reader)
        var limits = ConnectionLimits()
        limits.connectionCount = reader.integer(.consoleConnections, in: 1...100_000) ?? 512
        // A token is short; an import has some megabytes and may come over a slow line.
        limits.bodyTime = .seconds(5)
        limits.knownBodyTime = .seconds(60)
        self.limits = limits
        var configuration = ConsoleConfiguration()
        configuration.operatingTenant = brokerUsers.operatingTenant
        configuration.inFlightLimit =
            reader.integer(.consoleInFlight, in: 1...10_000) ?? configuration.inFlightLimit
        configuration.operatorRate = reader.rate(
            .consoleOperatorRate,
            default: RatePolicy(quota: 6000, window: .seconds(60))
        )
        configuration.failureRate = reader.rate(
            .consoleFailureRate,
            default: RatePolicy(quota: 600, window: .seconds(60))
        )
        configuration.allowedAddresses = reader.addressRanges(.consoleAllowedAddresses)
        configuration.addressRule = reader.addressRule(.consoleTrustedProxies, .consoleForwardedField)
        configuration.isSecure = tls != nil
        self.configuration = configuration
    }
}
