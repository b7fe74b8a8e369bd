/// Where the operators' console is, and who asks.
///
/// | setting | default | |
/// |---|---|---|
/// | `CONSOLE_URL` | `http://127.0.0.1:3001` | the console's address |
/// | `CONSOLE_CA_FILE` | the system's | certificates that may have signed the console's, in PEM |
/// | `ORDERBUS_TOKEN` | required | an operator's token, with the scopes `orders:dead:…` |
package struct ConsoleEndpoint: Sendable, Equatable {
    /// Scheme, host and port; without a slash at its end.
    package let base: String
    /// Certificates that may have signed the console's; `nil` for the system's.
    package let authorityFile: String?
    /// Not to be shown.
    package let token: String

    package init(reading reader: inout SettingsReader) {
        var base = reader.text(.consoleURL, default: "http://127.0.0.1:3001")
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base
        authorityFile = reader.value(.consoleAuthorityFile)
        token = reader.required(.operatorToken)
        if !["http://", "https://"].contains(where: { base.hasPrefix($0) }) {
            reader.refuse(.consoleURL, "does not begin with http:// or https://")
        }
        if authorityFile != nil, base.hasPrefix("http://") {
            reader.refuse(.consoleAuthorityFile, "is set, but CONSOLE_URL does not begin with https://")
        }
        if token.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) {
            reader.refuse(.operatorToken, "holds white space or what else no token has")
        }
    }

    /// A path and its query, percent-encoded.
    ///
    /// - Parameters:
    ///   - parts: each becomes one segment.
    ///   - query: those without a value are left out.
    package static func path(_ parts: [String], query: [(name: String, value: String?)] = []) -> String {
        let path = parts.map { "/" + encoded($0) }.joined()
        let pairs = query.compactMap { name, value in value.map { "\(name)=\(encoded($0))" } }
        return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.append(byte)
            default:
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension Setting {
    package static let consoleURL = Setting("CONSOLE_URL", example: "https://console.example.com")
    package static let consoleAuthorityFile = Setting("CONSOLE_CA_FILE", example: "/etc/orderbus/ca.pem")
    package static let operatorToken = Setting(
        "ORDERBUS_TOKEN",
        example: "an operator's token",
        secrecy: .whole
    )
}
