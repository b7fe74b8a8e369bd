/// Whose word on the caller's address counts.
package struct ClientAddressRule: Sendable, Hashable {
    /// The one field that the proxies in front write; the other may be the caller's own invention.
    package enum Source: String, Sendable, CaseIterable {
        case forwarded
        case xForwardedFor = "x-forwarded-for"
    }

    package let trustedProxies: [AddressRange]
    package let source: Source

    package init(trustedProxies: [AddressRange] = [], source: Source = .xForwardedFor) {
        self.trustedProxies = trustedProxies
        self.source = source
    }

    /// The caller's address: the peer's, unless the peer is a trusted proxy; then the nearest that is not one.
    ///
    /// A value that does not have its form counts as none. A hop that hides itself ends the search: what stands behind
    /// it may be invented.
    ///
    /// - Parameter values: the field's lines in their order, joined by commas.
    package func client(peer: IPAddress, value: @autoclosure () -> String?) -> IPAddress {
        guard !trustedProxies.isEmpty, trustedProxies.contains(peer), let value = value() else { return peer }
        let nodes =
            switch source {
            case .forwarded: ForwardedField.forwarded(value)
            case .xForwardedFor: ForwardedField.xForwardedFor(value)
            }
        var nearest = peer
        for node in (nodes ?? []).reversed() {
            guard case .address(let address) = node else { break }
            nearest = address
            guard trustedProxies.contains(address) else { break }
        }
        return nearest
    }
}
