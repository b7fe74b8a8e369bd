internal import CPostgres

/// Owns the options that libpq read from a connection string.
struct ConninfoHandle: ~Copyable {
    private let raw: UnsafeMutablePointer<PQconninfoOption>

    /// Reads a libpq URI or `keyword=value` string.
    ///
    /// - Throws: `invalidSettings`, without libpq's words: they quote the string, password and all.
    init(_ text: String) throws(PostgresError) {
        var words: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &words) else {
            defer { PQfreemem(words) }
            throw PostgresError(.invalidSettings, Self.sentence(words.map { String(cString: $0) } ?? ""))
        }
        raw = options
    }

    /// What libpq says, without what it quotes; its words are those of PostgreSQL 15 to 17, untranslated.
    private static func sentence(_ words: String) -> String {
        if words.contains("URI query parameter") {
            return "it has a parameter that libpq does not know, or that is not name=value"
        }
        if words.contains("percent-encoded") {
            return "it has a % that two hexadecimal digits do not follow; a % itself is written %25"
        }
        return "not a libpq connection string, such as postgresql://user:password@host:5432/database"
    }

    deinit {
        PQconninfoFree(raw)
    }

    /// The options that the string sets, in libpq's order.
    var parameters: [ConnectionParameter] {
        var parameters: [ConnectionParameter] = []
        var option = raw
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                parameters.append(
                    ConnectionParameter(keyword: String(cString: keyword), value: String(cString: value))
                )
            }
            option += 1
        }
        return parameters
    }
}
