/// The part of a URL that names user and password, as far as a mistake in it would give some of the password away.
enum URLCredentials {
    /// Whether a password seems to hold an `@` or `/` as it is: what follows that would be taken for the host, or for
    /// what stands behind it, and be shown as such.
    ///
    /// An `@` in the query is in nobody's way, and neither is a `?` before the first `@`.
    static func seemUnescaped(in url: some StringProtocol) -> Bool {
        guard let scheme = url.firstRange(of: "://") else { return false }
        var rest = url[scheme.upperBound...]
        if let end = rest.firstIndex(where: { $0 == "@" || $0 == "/" }), rest[end] == "@" {
            rest = rest[rest.index(after: end)...]
        }
        return rest.prefix { $0 != "?" }.contains("@")
    }

    /// What follows a setting's name in a sentence.
    static let advice =
        "has an @ that cannot belong where it stands; in a user or password, characters such as @ : / ? # % must be "
        + "percent-encoded (@ as %40, / as %2F)"
}
