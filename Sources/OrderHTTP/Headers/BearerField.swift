/// The value of `Authorization`, where it is a bearer token.
package enum BearerField {
    /// `Bearer`, one space and what follows, as the token's gate takes it; nil for another scheme, or one without a token.
    ///
    /// Source: RFC 9110 §11.1 (the scheme's case does not matter), §11.4 (spaces, one or more).
    package static func read(_ value: String) -> String? {
        let text = value.trimmingBlanks
        let scheme = text.prefix { $0 != " " }
        guard scheme.lowercased() == "bearer" else { return nil }
        let token = text[scheme.endIndex...].drop { $0 == " " }
        return token.isEmpty ? nil : "Bearer \(token)"
    }
}
