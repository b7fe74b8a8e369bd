/// How to reach the database, and what every session there is set to.
package struct PostgresSettings: Sendable {
    /// A libpq URI or `keyword=value` string, as the operator gave it.
    ///
    /// What it sets itself is left alone.
    package var connectionString: String
    /// Shown in `pg_stat_activity`.
    ///
    /// Defaults to `orderbus`.
    package var applicationName = "orderbus"
    /// For one address of one host.
    ///
    /// Defaults to 5 s.
    package var connectTimeout: Duration = .seconds(5)
    /// Silence on the socket before the first probe; then three more, ten seconds apart.
    ///
    /// Defaults to 30 s.
    package var keepaliveIdle: Duration = .seconds(30)
    /// How long sent bytes may stay unacknowledged before the kernel gives the connection up.
    ///
    /// Defaults to 15 s.
    package var tcpUserTimeout: Duration = .seconds(15)
    /// The server's own limit for one statement.
    ///
    /// Defaults to 30 s; deadlines of callers are usually shorter.
    package var statementTimeout: Duration = .seconds(30)
    /// How long one statement waits for a lock.
    ///
    /// Defaults to 10 s.
    package var lockTimeout: Duration = .seconds(10)
    /// How long a transaction may sit idle before the server ends the session.
    ///
    /// Defaults to 30 s.
    package var idleInTransactionTimeout: Duration = .seconds(30)
    /// Statements over `unnest` are planned once: their plan does not depend on the arrays.
    ///
    /// Defaults to `true`.
    package var usesGenericPlans = true
    /// Whether plans go through indexes whatever the statistics say.
    ///
    /// Defaults to `true`.
    ///
    /// A generic plan is kept. One made while a table was empty would read it from end to end, and go on doing so when
    /// it has millions of rows.
    package var insistsOnIndexes = true
    /// Further `name=value` session settings, such as `search_path`.
    package var sessionSettings: [String: String] = [:]

    package init(connectionString: String) {
        self.connectionString = connectionString
    }

    /// Refuses a connection string that libpq cannot read.
    ///
    /// - Throws: `PostgresError.invalidSettings`; its message never quotes the string.
    package func validate() throws(PostgresError) {
        _ = try ConnectionPlan(self)
    }
}
