internal import CPostgres

/// Owns the options that libpq read from a connection string.
struct ConninfoHandle: ~Copyable {
    private let raw: UnsafeMutablePointer<PQconninfoOption>

    /// Reads a libpq URI or `keyword=value` string.
    ///
    /// - Throws: `invalidSettings`, without libpq's words: they quote the string, password and all.
    init(_ text: String) throws(PostgresError) {
        guard let options = PQconninfoParse(text, nil) else {
            throw PostgresError(
                .invalidSettings,
                "not a libpq connection string, such as postgresql://user:password@host:5432/database"
            )
        }
        raw = options
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
