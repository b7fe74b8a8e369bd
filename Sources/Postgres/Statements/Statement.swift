/// One SQL statement, prepared once on each connection that runs it.
package struct Statement: Sendable {
    /// Unique among the statements of the program; at most 63 bytes.
    package let name: String
    package let sql: String
    package let parameters: [SQLType]

    package init(_ name: String, parameters: [SQLType] = [], _ sql: String) {
        self.name = name
        self.sql = sql
        self.parameters = parameters
    }
}
