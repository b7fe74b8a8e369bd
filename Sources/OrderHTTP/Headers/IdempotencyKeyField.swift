internal import Orders

/// The field `Idempotency-Key`: a quoted string as its draft writes it, or bare as everyone sends it.
enum IdempotencyKeyField {
    /// Reads the key; `nil` where the field was not sent.
    ///
    /// Parameters behind a quoted key are passed over.
    ///
    /// - Throws: the rule that the field breaks.
    /// Source: draft-ietf-httpapi-idempotency-key-header §2.1; RFC 9651 §3.3.3.
    static func read(_ lines: [String]) throws(Problem) -> IdempotencyKey? {
        guard let line = lines.first else { return nil }
        guard lines.count == 1 else { throw violation("must be sent once") }
        let text = line.trimmingBlanks
        let content = text.hasPrefix("\"") ? quoted(String(text)) : String(text)
        guard let content, let key = IdempotencyKey(content) else {
            let lengths = IdempotencyKey.lengths
            throw violation("must be \(lengths.lowerBound) to \(lengths.upperBound) visible ASCII characters")
        }
        return key
    }

    private static func quoted(_ text: String) -> String? {
        var scanner = FieldScanner(text)
        guard let content = scanner.quoted(escaping: isEscapable) else { return nil }
        scanner.skipWhitespace()
        return scanner.isAtEnd || scanner.isAt(";") ? content : nil
    }

    /// A structured field's string knows two escapes; a string with another one is none.
    private static func isEscapable(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func violation(_ message: String) -> Problem {
        .invalid([Violation(field: "Idempotency-Key", message: message)])
    }
}
