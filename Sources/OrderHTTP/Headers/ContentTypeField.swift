/// The value of `Content-Type`, as far as it matters here.
package enum ContentTypeField {
    /// Whether a body of this type is JSON in UTF-8.
    package static func isJSON(_ value: String) -> Bool {
        if value == "application/json" { return true }
        var scanner = FieldScanner(value)
        scanner.skipWhitespace()
        guard scanner.token()?.lowercased() == "application", scanner.skip("/"),
            scanner.token()?.lowercased() == "json"
        else { return false }
        scanner.skipWhitespace()
        while scanner.skip(";") {
            scanner.skipWhitespace()
            if scanner.isAtEnd { break }
            guard let name = scanner.token()?.lowercased(), scanner.skip("="), let value = scanner.tokenOrQuoted()
            else {
                return false
            }
            if name == "charset", value.lowercased() != "utf-8" { return false }
            scanner.skipWhitespace()
        }
        return scanner.isAtEnd
    }
}
