/// The values that libpq takes for what is one of a few words, checked before the first attempt to connect.
///
/// Source: PostgreSQL 15 to 17, "Parameter Key Words". What libpq is built without it refuses itself.
enum ParameterChoices {
    private static let words: [String: [String]] = [
        "channel_binding": ["disable", "prefer", "require"],
        "gssencmode": ["disable", "prefer", "require"],
        "sslmode": ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"],
        "target_session_attrs": ["any", "read-write", "read-only", "primary", "standby", "prefer-standby"],
    ]

    static func check(_ parameters: [ConnectionParameter]) throws(PostgresError) {
        for parameter in parameters {
            guard let words = words[parameter.keyword], !words.contains(parameter.value) else { continue }
            throw PostgresError(
                .invalidSettings,
                "\(parameter.keyword) is none of \(words.joined(separator: ", "))"
            )
        }
    }
}
