internal import Orders
package import Postgres

/// Dead letters in PostgreSQL.
package struct PostgresDeadLetterStore: DeadLetterStore {
    let connection: Connection
    let limit: Duration
    let search: SearchLimits

    /// Makes a store that uses the connection, which others may use too.
    ///
    /// - Parameters:
    ///   - limit: for one call, connecting included; a change of many letters gets six times as long. Defaults to 10 s.
    ///   - search: how far a search in contents looks.
    package init(
        _ connection: Connection,
        limit: Duration = .seconds(10),
        search: SearchLimits = SearchLimits()
    ) {
        self.connection = connection
        self.limit = limit
        self.search = search
    }

    var bulkLimit: Duration { limit * 6 }
}
