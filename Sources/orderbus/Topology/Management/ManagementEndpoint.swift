import FoundationEssentials

/// Where the broker's management API is, and who asks.
package struct ManagementEndpoint: Sendable, Equatable {
    /// Scheme, host and port, without a slash at the end.
    package let base: String
    package let user: String
    package let password: String
    /// The virtual host that the definitions go to; nil leaves them in their own.
    package let vhost: String?

    /// Takes `http(s)://user:password@host:port[/vhost]` apart, percent-encoded where need be.
    ///
    /// - Returns: nil where it is anything else. The port defaults to 15672, with TLS to 15671.
    package init?(url: String) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = parts.encodedHost, !host.isEmpty,
            let user = parts.user, !user.isEmpty, let password = parts.password,
            parts.query == nil, parts.fragment == nil, (1...65_535).contains(parts.port ?? 1)
        else { return nil }
        base = "\(scheme)://\(host):\(parts.port ?? (scheme == "https" ? 15_671 : 15_672))"
        self.user = user
        self.password = password
        guard !parts.percentEncodedPath.dropFirst().contains("/") else { return nil }
        let name = String(parts.path.dropFirst())
        vhost = name.isEmpty ? nil : name
    }

    /// The path of a resource of the API from its parts, each percent-encoded.
    package static func path(_ parts: [String]) -> String {
        "/api/" + parts.map(encoded).joined(separator: "/")
    }

    /// Encodes all but unreserved characters, the slash of the virtual host `/` among them.
    ///
    /// Source: RFC 3986 §2.3.
    private static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
