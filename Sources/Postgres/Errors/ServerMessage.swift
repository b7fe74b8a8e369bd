/// What of the server's and libpq's words may be kept.
enum ServerMessage {
    /// The primary message without the values that class 22 quotes, such as `invalid input syntax for type uuid: "…"`.
    static func withoutValues(_ message: String, state: SQLState) -> String {
        guard case .dataException = state else { return message }
        guard let first = message.firstIndex(of: "\""), let last = message.lastIndex(of: "\""), first < last else {
            return message
        }
        return message[...first] + "…" + message[last...]
    }

    /// The first line that says something, trimmed.
    static func firstLine(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).first ?? ""
        return String(line.drop { $0 == " " })
    }

    /// The text with every occurrence of a secret blotted out.
    static func masking(_ secrets: [String], in text: String) -> String {
        secrets.filter { !$0.isEmpty }.reduce(text) { text, secret in
            text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "***")
        }
    }

    /// The SQLSTATE in a report of verbose form: `FATAL:  28P01: password authentication failed`.
    ///
    /// libpq 15 offers the code of a refused connection nowhere else.
    static func state(inVerbose text: String) -> SQLState? {
        for part in text.split(separator: ":  ").dropFirst() {
            let code = part.prefix(5)
            let isCode = code.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
            if isCode, code.utf8.count == 5, part.dropFirst(5).first == ":" { return SQLState(rawValue: String(code)) }
        }
        return nil
    }
}
