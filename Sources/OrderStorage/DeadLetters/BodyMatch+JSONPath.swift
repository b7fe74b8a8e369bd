internal import Orders

extension BodyMatch {
    /// The match in PostgreSQL's path language.
    ///
    /// Lax: a step into an array goes into each of its elements. Source: PostgreSQL 15, §9.16.2.
    var jsonPath: String {
        var text = "$"
        for step in path.steps {
            switch step {
            case .member(let name): text += "." + Self.quoted(name)
            case .element(let index): text += "[\(index)]"
            case .anyElement: text += "[*]"
            }
        }
        guard case .equals(let value) = condition else { return text }
        var alternatives = ["@ == \(Self.quoted(value))"]
        if Self.isLiteral(value) { alternatives.append("@ == \(value)") }
        return "\(text) ? (\(alternatives.joined(separator: " || ")))"
    }

    /// A number as JSON writes it, or one of its three words.
    private static func isLiteral(_ text: String) -> Bool {
        if ["true", "false", "null"].contains(text) { return true }
        var rest = Substring(text)
        if rest.first == "-" { rest.removeFirst() }
        let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first else { return false }
        let areDigits = parts.allSatisfy { part in
            (1...30).contains(part.utf8.count) && part.utf8.allSatisfy { (48...57).contains($0) }
        }
        return areDigits && (whole == "0" || whole.first != "0")
    }

    /// A JSON string, everything outside the printable ASCII escaped.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for unit in text.storable.utf16 {
            switch unit {
            case 0x22, 0x5c: quoted += "\\" + String(UnicodeScalar(UInt8(unit)))
            case 0x20...0x7e: quoted += String(UnicodeScalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return quoted + "\""
    }
}
