internal import OrderStorage
internal import Orders
internal import Postgres
internal import ThreadExecutor

/// The stores over one connection to the database, with a thread of its own: one unit of work at a time.
struct ConsoleStores {
    let connection: Postgres.Connection
    let letters: PostgresDeadLetterStore
    let jobs: PostgresReplayJobStore
    let audit: PostgresAuditLog

    /// - Parameter name: shown by the database's tools.
    init(_ database: DatabaseSettings, name: String) throws {
        var settings = PostgresSettings(connectionString: database.url)
        settings.applicationName = "orderbus console \(name)"
        connection = try Postgres.Connection(settings, on: ThreadExecutor(name: "db-\(name)"))
        letters = PostgresDeadLetterStore(connection)
        jobs = PostgresReplayJobStore(connection)
        audit = PostgresAuditLog(connection)
    }

    /// Refuses to start on a schema that is not this program's; a database that is away is waited for elsewhere.
    func requireSchema(_ database: DatabaseSettings) async throws {
        try await SchemaGuard.require(database, over: connection)
    }
}
