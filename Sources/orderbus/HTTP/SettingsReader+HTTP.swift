internal import OrderHTTP

extension SettingsReader {
    /// A number of requests and a time, for example `100/1s`; nil for `off`.
    mutating func rate(_ setting: Setting, default: RatePolicy?) -> RatePolicy? {
        guard let text = value(setting) else { return `default` }
        if text.lowercased() == "off" { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let quota = Int(parts[0]), quota <= 1_000_000_000,
            let window = DurationText.parse(String(parts[1])),
            let policy = RatePolicy(quota: quota, window: window)
        else {
            refuse(setting, "is neither off nor a number of requests, / and a duration")
            return `default`
        }
        return policy
    }

    /// Addresses and ranges, separated by commas.
    mutating func addressRanges(_ setting: Setting) -> [AddressRange] {
        guard let text = value(setting) else { return [] }
        let ranges = text.split(separator: ",").map { AddressRange($0.filter { $0 != " " }) }
        guard !ranges.isEmpty, !ranges.contains(nil) else {
            refuse(
                setting,
                "has a part between commas that is neither an address nor a range whose other bits are zero"
            )
            return []
        }
        return ranges.compactMap(\.self)
    }

    /// Whose word on a caller's address counts, and in which field.
    mutating func addressRule(_ proxies: Setting, _ field: Setting) -> ClientAddressRule {
        ClientAddressRule(
            trustedProxies: addressRanges(proxies),
            source: choice(field, of: ClientAddressRule.Source.self) ?? .xForwardedFor
        )
    }

    /// Names of certificates and the clients that may use them.
    mutating func certificateRule(_ setting: Setting) -> CertificateRule {
        guard let text = value(setting) else { return CertificateRule() }
        var clients: [CertificateName: Set<String>] = [:]
        for part in text.split(separator: ",") {
            guard let separator = part.lastIndex(of: "="), let name = CertificateName(part[..<separator]),
                part.index(after: separator) < part.endIndex
            else {
                refuse(
                    setting,
                    "has a part between commas that is not dns: or uri:, a name, = and a client id"
                )
                return CertificateRule()
            }
            clients[name, default: []].insert(String(part[part.index(after: separator)...]))
        }
        return CertificateRule(clients: clients)
    }
}
