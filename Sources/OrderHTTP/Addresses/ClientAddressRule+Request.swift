package import HTTPTypes

extension ClientAddressRule {
    /// The address that a request came from, by its connection and its fields.
    package func client(of source: RequestSource, _ fields: HTTPFields) -> IPAddress {
        client(peer: source.connection?.peer ?? IPAddress(bits: 0), value: forwarded(fields))
    }

    private func forwarded(_ fields: HTTPFields) -> String? {
        let lines = fields[values: source == .forwarded ? .forwarded : .xForwardedFor]
        return lines.isEmpty ? nil : lines.joined(separator: ",")
    }
}
