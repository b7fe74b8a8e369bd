/// The addresses with a common beginning, as `192.0.2.0/24`, `2001:db8::/32` or a single address.
package struct AddressRange: Sendable, Hashable {
    private let first: IPAddress
    /// How many of the 128 bits count.
    private let prefix: Int

    /// Reads a range; `nil` if the text is none, or has bits behind its prefix.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let start = parts.first, let address = IPAddress(start), parts.count <= 2 else { return nil }
        let longest = start.contains(":") ? 128 : 32
        var length = longest
        if parts.count == 2 {
            guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let given = Int(parts[1]), given <= longest
            else { return nil }
            length = given
        }
        prefix = 128 - longest + length
        guard address.masked(to: prefix) == address else { return nil }
        first = address
    }

    package func contains(_ address: IPAddress) -> Bool {
        address.masked(to: prefix) == first
    }
}

extension [AddressRange] {
    package func contains(_ address: IPAddress) -> Bool {
        contains { $0.contains(address) }
    }
}
