/// What went wrong with the database.
///
/// Never holds a bind value or a password: of the server's report only the primary message and the names of constraint,
/// table and column are kept, its DETAIL (which quotes rows) is dropped.
package struct PostgresError: Error, CustomStringConvertible, Sendable {
    package enum Code: Sendable, Hashable {
        /// The connection string or a setting cannot be used.
        case invalidSettings
        case connectionFailed
        /// The connection broke. What was under way may or may not have been committed.
        case connectionLost
        /// The deadline passed. Unless the server confirmed the cancellation, the outcome is unknown.
        case timedOut
        case cancelled
        /// `close()` was called.
        case closed
        case server(SQLState)
        /// A prepared statement no longer fits the schema; it is prepared anew by the next attempt.
        case staleStatement
        /// The server rolled back what was to be committed, because an earlier error had been passed over.
        case transactionAborted
        /// The server or libpq answered what the protocol does not allow here; the connection was given up.
        case protocolViolation
        /// A column is missing, NULL or of another type than was asked for.
        case unexpectedResult
        /// Parameters that do not fit the statement or the protocol.
        case invalidArgument
        /// The schema's history contradicts this program's.
        case migrationRefused
    }

    package let code: Code
    /// The server's or libpq's own words, without values.
    package let message: String
    /// What the server called it, also where it ended the connection.
    package var sqlState: SQLState?
    /// The name of the statement that failed.
    package var statement: String?
    package var constraint: String?
    package var table: String?
    package var column: String?

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
        if case .server(let state) = code { sqlState = state }
    }

    package var description: String {
        var text = "\(code.label)"
        if let sqlState { text += " \(sqlState)" }
        text += ": \(message)"
        for (name, value) in [
            ("statement", statement), ("constraint", constraint), ("table", table), ("column", column),
        ] {
            if let value { text += " [\(name) \(value)]" }
        }
        return text
    }

    /// The same failure under another code: a server's report that is known to mean a deadline, say.
    func recoded(_ code: Code) -> PostgresError {
        var other = PostgresError(code, message)
        other.sqlState = sqlState
        other.statement = statement
        other.constraint = constraint
        other.table = table
        other.column = column
        return other
    }
}

extension PostgresError.Code {
    fileprivate var label: String {
        switch self {
        case .server: "server"
        default: "\(self)"
        }
    }
}
