package import Postgres

/// An error of the database, and what an operator can do about it.
package struct DatabaseFailure: Explained {
    package let error: PostgresError
    /// With a password, so shown masked.
    private let url: String

    package init(_ error: PostgresError, url: String) {
        self.error = error
        self.url = url
    }

    package var explanation: Explanation {
        let isWrongUsage = if case .invalidSettings = error.code { true } else { false }
        return Explanation(
            what: what,
            place: MaskedURL.mask(url),
            advice: advice,
            status: isWrongUsage ? .wrongUsage : .failed
        )
    }

    private var what: String {
        switch error.code {
        case .invalidSettings: "DATABASE_URL cannot be used: \(error.message)"
        case .connectionFailed: "cannot connect to the database: \(error.message)"
        case .connectionLost: "the connection to the database was lost: \(error.message)"
        case .migrationRefused: error.message
        case .timedOut: "the database did not answer in time: \(error.message)"
        default: error.description
        }
    }

    /// By SQLSTATE where the server gave one; PostgreSQL 15, appendix A.
    private var advice: String? {
        if case .migrationRefused = error.code {
            return "apply what is missing with orderbus database migrate;\n"
                + "to a schema that is newer, start the version of orderbus that made it, or a later one;\n"
                + "orderbus database status shows all versions"
        }
        switch error.sqlState?.rawValue {
        case "28P01", "28000":
            return "see that user and password in DATABASE_URL are right,\nand that pg_hba.conf lets them in"
        case "3D000": return "make the database first, for example: createdb --owner=orderbus orderbus"
        case "42501": return "let the role own the database or its schema: GRANT CREATE ON SCHEMA public TO orderbus"
        case "53300": return "raise max_connections, or stop what holds connections"
        case "57P03": return "wait until the server has started"
        case "25006": return "this server is a standby: name the primary, or all hosts"
        default: break
        }
        return switch error.code {
        case .invalidSettings: "write it as \(Setting.databaseURL.example)"
        case .connectionFailed where error.message.contains("server does not support SSL"):
            "turn on TLS in the server (ssl = on, with a certificate),\nor ask for less with sslmode in DATABASE_URL"
        case .connectionFailed where error.message.contains("certificate"):
            "see that sslrootcert in DATABASE_URL names the authority of the server's certificate,\n"
                + "and that the certificate is for this host name"
        case .connectionFailed: "see that the server runs, and that host and port in DATABASE_URL are right"
        case .timedOut: "see what the server is busy with or waits for: SELECT * FROM pg_stat_activity"
        default: nil
        }
    }
}
