/// One step of the schema's history.
package struct Migration: Sendable {
    /// Unique and rising; the order in which migrations are applied.
    package let version: Int32
    package let name: String
    /// Any number of commands, run as one transaction; must never change once released.
    package let sql: String

    package init(version: Int32, name: String, sql: String) {
        self.version = version
        self.name = name
        self.sql = sql
    }
}
