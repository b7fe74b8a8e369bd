internal import Orders
package import Postgres

/// Dead letters in PostgreSQL.
package struct PostgresDeadLetterStore: DeadLetterStore {
    let connection: Connection
    let limit: Duration

    /// Makes a store that uses the connection, which others may use too.
    ///
    /// - Parameter limit: for one call, connecting included; a change of many letters gets six times as long. Defaults
    ///   to 10 s.
    package init(_ connection: Connection, limit: Duration = .seconds(10)) {
        self.connection = connection
        self.limit = limit
    }

    var bulkLimit: Duration { limit * 6 }
}
