/// URLs of `http` and `https`, as far as a setting must be right before anything is asked of them.
enum WebURL {
    /// Whether there is a host, and a port from 1 to 65535 where there is one, with nothing in them that is in no host.
    static func namesHost(_ url: some StringProtocol) -> Bool {
        guard let scheme = url.firstRange(of: "://") else { return false }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let address = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority[...]
        let isBracketed = address.hasPrefix("[")
        guard let end = isBracketed ? address.firstIndex(of: "]") : address.firstIndex(of: ":") ?? address.endIndex
        else { return false }
        let host = isBracketed ? address[..<end].dropFirst() : address[..<end]
        let behind = isBracketed ? address[end...].dropFirst() : address[end...]
        guard !host.isEmpty, host.unicodeScalars.allSatisfy(\.isInHosts) else { return false }
        guard !behind.isEmpty else { return true }
        return behind.first == ":" && (UInt16(behind.dropFirst()) ?? 0) > 0
    }
}

extension Unicode.Scalar {
    /// RFC 3986 §3.2.2, and letters beyond ASCII, which resolvers take.
    fileprivate var isInHosts: Bool {
        !properties.isWhitespace && value > 0x20 && value != 0x7F && !"\"<>\\^`{|}%".unicodeScalars.contains(self)
    }
}
