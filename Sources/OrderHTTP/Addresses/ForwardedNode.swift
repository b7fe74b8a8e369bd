/// One hop that a proxy has written down.
package enum ForwardedNode: Sendable, Hashable {
    case address(IPAddress)
    /// `unknown` or a name that the proxy made up.
    case hidden

    /// Reads an address with or without a port: `192.0.2.1`, `192.0.2.1:80`, `[2001:db8::1]`, `[2001:db8::1]:80`,
    /// `2001:db8::1`, `unknown`, `_name`; `nil` if the text is none of them.
    ///
    /// Source: RFC 7239 §6. The bare IPv6 form is not in it, but in every `X-Forwarded-For`.
    package init?(_ text: some StringProtocol) {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]"),
                let address = IPAddress(text[text.index(after: text.startIndex)..<end]),
                Self.isPort(text[text.index(after: end)...])
            else { return nil }
            self = .address(address)
        } else if let address = IPAddress(text) {
            self = .address(address)
        } else if let colon = text.firstIndex(of: ":") {
            let isHidden = Self.isHidden(text[..<colon])
            guard Self.isPort(text[colon...]), isHidden || IPAddress(text[..<colon]) != nil else { return nil }
            self = isHidden ? .hidden : IPAddress(text[..<colon]).map(ForwardedNode.address) ?? .hidden
        } else if Self.isHidden(text) {
            self = .hidden
        } else {
            return nil
        }
    }

    private static func isHidden(_ text: some StringProtocol) -> Bool {
        if text.lowercased() == "unknown" { return true }
        return text.hasPrefix("_") && text.utf8.count > 1
            && text.utf8.allSatisfy { HTTPToken.isAlphanumeric($0) || [0x2e, 0x5f, 0x2d].contains($0) }
    }

    /// Nothing, or a colon and a port, which may be a made-up one too.
    private static func isPort(_ text: some StringProtocol) -> Bool {
        guard let colon = text.utf8.first else { return true }
        let port = text.utf8.dropFirst()
        guard colon == UInt8(ascii: ":"), !port.isEmpty else { return false }
        if port.first == UInt8(ascii: "_") { return port.allSatisfy { HTTPToken.isTokenByte($0) } }
        return port.count <= 5 && port.allSatisfy { (0x30...0x39).contains($0) }
    }
}
