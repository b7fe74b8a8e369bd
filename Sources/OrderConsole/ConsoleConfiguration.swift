package import OrderHTTP

/// What of the console's conduct can be chosen; see the settings of `orderbus console` for names and ranges.
package struct ConsoleConfiguration: Sendable {
    /// Whose operators look after all tenants; `nil` for none.
    package var operatingTenant: String?
    /// Requests that are answered at one time; sign-ins have places of their own.
    ///
    /// Defaults to 200.
    package var inFlightLimit = 200
    /// Who may call; empty for everyone.
    package var allowedAddresses: [AddressRange] = []
    package var addressRule = ClientAddressRule()
    /// What one operator may send; `nil` for any number.
    package var operatorRate: RatePolicy?
    /// What one address may send without a good token, before it has signed in; `nil` for any number.
    package var failureRate: RatePolicy?
    /// Browsers are told to come by TLS alone.
    package var isSecure = false

    package init() {}
}
