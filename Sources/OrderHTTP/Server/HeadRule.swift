internal import NIOHTTP1

/// What is wrong with a request's head, whoever sends it and whatever it asks for.
enum HeadRule {
    /// The answer to a head that goes no further; nil for one that does.
    static func problem(of head: HTTPRequestHead) -> Problem? {
        let isOld = head.version.major < 1 || head.version.major == 1 && head.version.minor < 1
        guard HostField.isAcceptable(head.headers["host"], mayBeMissing: isOld) else { return .hostMissing }
        let codings = head.headers[canonicalForm: "transfer-encoding"]
        // The parser has made sure that the last is chunked.
        guard codings.allSatisfy({ $0.lowercased() == "chunked" }) else { return .transferCodingUnknown }
        return nil
    }
}

/// The field `Host`.
enum HostField {
    /// Whether the lines are one host, with or without a port.
    ///
    /// Source: RFC 9112 §3.2; RFC 9110 §7.2; RFC 3986 §3.2.2. An empty one would be right for a target without an
    /// authority, which no target here is.
    static func isAcceptable(_ lines: [String], mayBeMissing: Bool) -> Bool {
        guard let line = lines.first else { return mayBeMissing }
        guard lines.count == 1 else { return false }
        var rest = line.trimmingBlanks.utf8[...]
        if rest.first == UInt8(ascii: "[") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let literal = rest[rest.index(after: rest.startIndex)..<end]
            guard !literal.isEmpty, literal.allSatisfy({ isName($0) || $0 == UInt8(ascii: ":") }) else { return false }
            rest = rest[rest.index(after: end)...]
        } else {
            let name = rest.prefix { $0 != UInt8(ascii: ":") }
            guard !name.isEmpty, name.allSatisfy(isName) else { return false }
            rest = rest[name.endIndex...]
        }
        guard let colon = rest.first else { return true }
        let port = rest.dropFirst()
        return colon == UInt8(ascii: ":") && port.allSatisfy { (0x30...0x39).contains($0) } && port.count <= 5
    }

    /// Unreserved characters, sub-delimiters and the sign of an escape.
    private static func isName(_ byte: UInt8) -> Bool {
        HTTPToken.isAlphanumeric(byte) || "-._~!$&'()*+,;=%".utf8.contains(byte)
    }
}
