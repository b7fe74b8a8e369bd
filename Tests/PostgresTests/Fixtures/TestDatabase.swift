import Glibc
import Postgres
import Testing
import ThreadExecutor

/// The real server that integration tests run against.
enum TestDatabase {
    static let url = getenv("DATABASE_TEST_URL").map { String(cString: $0) }
    private static let isRequired = getenv("REQUIRE_INTEGRATION").map { String(cString: $0) } == "1"

    /// True without a server too where one is required: then the test runs and fails.
    static var isEnabled: Bool { url != nil || isRequired }

    static let whyDisabled: Comment = "DATABASE_TEST_URL is not set"

    static func settings(schema: String? = nil) throws -> PostgresSettings {
        var settings = PostgresSettings(connectionString: try #require(url, "DATABASE_TEST_URL is not set"))
        settings.applicationName = "postgres-tests"
        if let schema { settings.sessionSettings["search_path"] = schema }
        return settings
    }

    static func connection(schema: String? = nil) throws -> Connection {
        try Connection(settings(schema: schema), on: ThreadExecutor(name: "test-postgres"))
    }

    /// Runs the body with a connection whose tables live in a schema of its own, which goes with the test.
    static func withSchema(_ body: (String, Connection) async throws -> Void) async throws {
        let schema = "test_\(UInt64.random(in: 0 ... .max))"
        let connection = try connection(schema: schema)
        try await connection.execute(script: "CREATE SCHEMA \(schema)", within: .seconds(60))
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(schema, connection))
        } catch {
            outcome = .failure(error)
        }
        try? await connection.execute(script: "DROP SCHEMA \(schema) CASCADE", within: .seconds(60))
        await connection.close()
        try outcome.get()
    }
}

extension Connection {
    /// Runs one statement and returns its rows.
    func rows(_ sql: String, _ parameters: [Parameter] = [], name: String? = nil) async throws -> Rows {
        let statement = Statement(name ?? sql, parameters: parameters.map(\.type), sql)
        return try #require(try await run(Batch(statement, parameters), within: .seconds(60)).first)
    }

    var backend: Int32 {
        get async throws { try #require(try await rows("SELECT pg_backend_pid()").first).int32(0) }
    }

    /// Whether that backend is inside `pg_sleep`.
    func isSleeping(pid: Int32) async throws -> Bool {
        try await int(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND pid = $1",
            [.int4(pid)]
        ) > 0
    }

    func int(_ sql: String, _ parameters: [Parameter] = []) async throws -> Int64 {
        try #require(try await rows(sql, parameters).first).int64(0)
    }
}

/// The error that the body throws, for those that tell what is in it.
func postgresError(_ body: () async throws -> Void) async -> PostgresError? {
    do {
        try await body()
    } catch {
        return error as? PostgresError
    }
    return nil
}
