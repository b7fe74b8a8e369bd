internal import Postgres

/// How to reach the database.
///
/// | setting | default | |
/// |---|---|---|
/// | `DATABASE_URL` | required | a libpq URI; several hosts as libpq takes them |
package struct DatabaseSettings: Sendable, Equatable {
    /// With a password, so never to be shown.
    package let url: String

    package init(reading reader: inout SettingsReader) {
        let known = reader.problems.count
        url = reader.required(.databaseURL, prefixes: ["postgresql://", "postgres://"])
        guard reader.problems.count == known else { return }
        if let problem = Self.problem(of: url) { reader.refuse(.databaseURL, problem) }
    }

    /// What follows the setting's name in a sentence; nil where the URL can be used.
    private static func problem(of url: String) -> String? {
        if URLCredentials.seemUnescaped(in: url) { return URLCredentials.advice }
        do {
            try PostgresSettings(connectionString: url).validate()
            return nil
        } catch {
            return "cannot be used: \(error.message)"
        }
    }
}
