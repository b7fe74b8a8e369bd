internal import OrderStorage
internal import Postgres
internal import ThreadExecutor

/// Keeps a program from starting on a schema that is not the one that it was built for.
enum SchemaGuard {
    /// Looks over a connection of its own.
    static func require(_ database: DatabaseSettings, name: String) async throws {
        var settings = PostgresSettings(connectionString: database.url)
        settings.applicationName = "orderbus \(name) schema"
        let connection = try Postgres.Connection(settings, on: ThreadExecutor(name: "db-schema"))
        do {
            try await require(database, over: connection)
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    /// A database that is away is no reason not to start: who needs it waits for it.
    ///
    /// - Throws: `DatabaseFailure` if the schema is older, newer or another.
    static func require(_ database: DatabaseSettings, over connection: Postgres.Connection) async throws {
        do {
            try await OrderSchema.runner.requireCurrent(connection, within: .seconds(3))
        } catch let error as PostgresError {
            switch error.code {
            case .migrationRefused, .invalidSettings: throw DatabaseFailure(error, url: database.url)
            default: break
            }
        }
    }
}
