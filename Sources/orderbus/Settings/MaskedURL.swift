/// URLs without their passwords.
package enum MaskedURL {
    /// Replaces the passwords in a URL, or in several separated by commas, by `***`.
    ///
    /// Rather too much is masked than too little: everything up to the last `@` counts as part of the password, since
    /// people forget to escape them, and what is no URL at all is masked as a whole.
    package static func mask(_ text: String) -> String {
        pieces(of: text).map(maskOne).joined(separator: ",")
    }

    /// Splits at commas that another URL follows: a libpq URI has commas between its hosts.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            if pieces.isEmpty || part.contains("://") {
                pieces.append(String(part))
            } else {
                pieces[pieces.count - 1] += "," + part
            }
        }
        return pieces
    }

    private static func maskOne(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return "***" }
        var rest = String(url[scheme.upperBound...])
        if let at = rest.lastIndex(of: "@"), let colon = rest[..<at].firstIndex(of: ":") {
            rest.replaceSubrange(rest.index(after: colon)..<at, with: "***")
        }
        if let question = rest.firstIndex(of: "?") {
            let query = rest[rest.index(after: question)...]
                .split(separator: "&", omittingEmptySubsequences: false)
                .map { $0.lowercased().contains("password=") ? $0.prefix { $0 != "=" } + "=***" : $0 }
                .joined(separator: "&")
            rest = rest[...question] + query
        }
        return url[..<scheme.upperBound] + rest
    }
}
