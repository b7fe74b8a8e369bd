/// How to reach the database.
///
/// | setting | default | |
/// |---|---|---|
/// | `DATABASE_URL` | required | a libpq URI; several hosts as libpq takes them |
package struct DatabaseSettings: Sendable, Equatable {
    /// With a password, so never to be shown.
    package let url: String

    package init(reading reader: inout SettingsReader) {
        url = reader.required(.databaseURL, prefixes: ["postgresql://", "postgres://"])
    }
}
