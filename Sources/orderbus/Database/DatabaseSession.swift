internal import Postgres
internal import ThreadExecutor

/// One connection of a tool to the database, with errors that say what to do.
struct DatabaseSession {
    let connection: Postgres.Connection

    /// Runs the body with a connection, which is closed afterwards.
    ///
    /// - Parameter limit: for one statement, as the server enforces it.
    static func withSession<Value>(
        statementsWithin limit: Duration = .seconds(30),
        _ body: (DatabaseSession) async throws -> Value
    ) async throws -> Value {
        let loaded = try Settings.load(from: Settings.environment, DatabaseSettings.init)
        for warning in loaded.warnings { StandardStream.error.write("warning: \(warning)\n") }
        return try await withSession(to: loaded.value, statementsWithin: limit, body)
    }

    private static func withSession<Value>(
        to database: DatabaseSettings,
        statementsWithin limit: Duration,
        _ body: (DatabaseSession) async throws -> Value
    ) async throws -> Value {
        var settings = PostgresSettings(connectionString: database.url)
        settings.applicationName = "orderbus database"
        settings.statementTimeout = limit
        do {
            let session = DatabaseSession(
                connection: try Postgres.Connection(settings, on: ThreadExecutor(name: "database"))
            )
            do {
                let value = try await body(session)
                await session.connection.close()
                return value
            } catch {
                await session.connection.close()
                throw error
            }
        } catch let error as PostgresError {
            throw DatabaseFailure(error, url: database.url)
        }
    }
}
