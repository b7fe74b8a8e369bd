internal import JSON
internal import Orders

/// What the console reads of a token that is verified already.
enum TokenTimes {
    /// The end of the token's life; `nil` if it does not say, which a verified one does.
    static func expiry(of authorization: String) -> Timestamp? {
        let parts = authorization.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64.decode(parts[1].utf8),
            let document = try? JSONDocument(parsing: payload),
            let seconds = document.root.member("exp")?.asDouble, (0...253_402_300_799).contains(seconds)
        else { return nil }
        return Timestamp(milliseconds: Int64(seconds * 1000))
    }
}
