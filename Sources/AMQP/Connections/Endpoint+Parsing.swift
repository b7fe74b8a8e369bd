/// Reads `amqp://user:password@host:port/vhost?heartbeat=10` and `amqps://…`.
///
/// Every part but scheme and host may be absent: guest/guest, 5672 or 5671, virtual host `/`. User, password and
/// virtual host may be percent-encoded. Known query items: `heartbeat` (seconds, 1 to 600), `connection_timeout`
/// (milliseconds, 1 to 600000), `auth_mechanism` (`plain` or `external`).
/// Source: https://www.rabbitmq.com/docs/uri-spec and uri-query-parameters; other than there, a lone trailing slash
/// names the virtual host `/` too, because one without a name does not occur.
extension Endpoint {
    /// Parses one URL.
    ///
    /// - Throws: `.invalidArgument`, naming the part that is wrong, never with the password.
    package init(parsing url: some StringProtocol) throws(AMQPError) {
        self.init()
        var rest = Substring(url)
        guard let separator = rest.firstRange(of: "://") else {
            throw Self.invalid("scheme", "must be amqp:// or amqps://")
        }
        switch rest[..<separator.lowerBound].lowercased() {
        case "amqp": isTLS = false
        case "amqps": isTLS = true
        default: throw Self.invalid("scheme", "must be amqp:// or amqps://")
        }
        port = isTLS ? 5671 : 5672
        rest = rest[separator.upperBound...]
        if rest.contains("#") { throw Self.invalid("fragment", "is not allowed; write # as %23") }

        let (beforeQuery, query) = Self.split(rest, at: "?")
        let (authority, path) = Self.split(beforeQuery, at: "/")
        if let path, !path.isEmpty {
            if path.contains("/") { throw Self.invalid("virtual host", "must have its slashes written as %2F") }
            virtualHost = try Self.decode(path, part: "virtual host")
        }
        try parseAuthority(authority)
        for item in (query ?? "").split(separator: "&") { try parseQuery(item) }
    }

    /// Parses a comma-separated list of URLs.
    ///
    /// - Returns: at least one endpoint, in the order of the list.
    package static func list(parsing text: String) throws(AMQPError) -> [Endpoint] {
        var endpoints: [Endpoint] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: true) {
            let url = part.drop(while: \.isWhitespace).trimmingSuffix(while: \.isWhitespace)
            if !url.isEmpty { endpoints.append(try Endpoint(parsing: url)) }
        }
        if endpoints.isEmpty { throw invalid("list", "is empty") }
        return endpoints
    }

    private mutating func parseAuthority(_ authority: Substring) throws(AMQPError) {
        var address = authority
        if let at = authority.lastIndex(of: "@") {
            let (name, secret) = Self.split(authority[..<at], at: ":")
            user = try Self.decode(name, part: "user")
            password = try Self.decode(secret ?? "", part: "password")
            address = authority[authority.index(after: at)...]
        }
        var portText: Substring?
        if address.first == "[" {
            guard let end = address.firstIndex(of: "]") else { throw Self.invalid("host", "lacks its closing ]") }
            host = String(address[address.index(after: address.startIndex)..<end])
            let after = address[address.index(after: end)...]
            if !after.isEmpty {
                guard after.first == ":" else { throw Self.invalid("host", "has something after its ]") }
                portText = after.dropFirst()
            }
        } else {
            let (name, number) = Self.split(address, at: ":")
            host = try Self.decode(name, part: "host")
            portText = number
        }
        if host.isEmpty { throw Self.invalid("host", "is missing") }
        if let portText {
            guard let number = UInt16(portText), number > 0, portText.allSatisfy(\.isNumber) else {
                throw Self.invalid("port", "must be a number from 1 to 65535")
            }
            port = number
        }
    }

    private mutating func parseQuery(_ item: Substring) throws(AMQPError) {
        let (name, value) = Self.split(item, at: "=")
        switch name {
        case "heartbeat":
            heartbeat = .seconds(try Self.number(value, in: 1...600, part: "heartbeat"))
        case "connection_timeout":
            connectTimeout = .milliseconds(try Self.number(value, in: 1...600_000, part: "connection_timeout"))
        case "auth_mechanism":
            switch value?.lowercased() {
            case "plain": mechanism = .plain
            case "external": mechanism = .external
            default: throw Self.invalid("auth_mechanism", "must be plain or external")
            }
        default:
            throw Self.invalid("query", "has an unknown item; known: heartbeat, connection_timeout, auth_mechanism")
        }
    }

    private static func number(
        _ text: Substring?,
        in range: ClosedRange<Int>,
        part: String
    ) throws(AMQPError) -> Int {
        guard let text, let number = Int(text), range.contains(number) else {
            throw invalid(part, "must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func split(_ text: Substring, at separator: Character) -> (Substring, Substring?) {
        guard let index = text.firstIndex(of: separator) else { return (text, nil) }
        return (text[..<index], text[text.index(after: index)...])
    }

    /// Undoes percent-encoding.
    ///
    /// NUL is refused, because the C library would cut the text off there.
    private static func decode(_ text: Substring, part: String) throws(AMQPError) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
                throw invalid(part, "has a % that is not followed by two hexadecimal digits")
            }
            bytes.append(high << 4 | low)
        }
        guard !bytes.contains(0), let decoded = String(validating: bytes, as: UTF8.self) else {
            throw invalid(part, "must be UTF-8 without NUL")
        }
        return decoded
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func invalid(_ part: String, _ problem: String) -> AMQPError {
        AMQPError(.invalidArgument, "AMQP URL: \(part) \(problem)")
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> Substring {
        var trimmed = self
        while let last = trimmed.last, isDropped(last) { trimmed.removeLast() }
        return trimmed
    }

    fileprivate func firstRange(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
