import Glibc
import OrderStorage
import Orders
import Postgres
import Testing
import ThreadExecutor

/// The real server that integration tests run against, with the schema of this program.
struct TestDatabase {
    static let url = getenv("DATABASE_TEST_URL").map { String(cString: $0) }
    private static let isRequired = getenv("REQUIRE_INTEGRATION").map { String(cString: $0) } == "1"

    /// True without a server too where one is required: then the test runs and fails.
    static var isEnabled: Bool { url != nil || isRequired }

    static let whyDisabled: Comment = "DATABASE_TEST_URL is not set"

    let schema: String
    let connection: Connection

    var store: PostgresOrderStore { PostgresOrderStore(connection, encoder: TestEncoder()) }
    var outbox: PostgresOutbox { PostgresOutbox(connection, encoder: TestEncoder()) }

    /// Another session in the same schema.
    func connect() throws -> Connection {
        var settings = PostgresSettings(connectionString: try #require(Self.url, "DATABASE_TEST_URL is not set"))
        settings.sessionSettings["search_path"] = schema
        return try Connection(settings, on: ThreadExecutor(name: "test-storage"))
    }

    private init(schema: String) throws {
        self.schema = schema
        var settings = PostgresSettings(connectionString: try #require(Self.url, "DATABASE_TEST_URL is not set"))
        settings.sessionSettings["search_path"] = schema
        connection = try Connection(settings, on: ThreadExecutor(name: "test-storage"))
    }

    /// Runs the body with tables in a schema of its own, which goes with the test.
    static func with(_ body: (TestDatabase) async throws -> Void) async throws {
        await Places.shared.take()
        let outcome = await inSchema(body)
        await Places.shared.giveBack()
        try outcome.get()
    }

    private static func inSchema(_ body: (TestDatabase) async throws -> Void) async -> Result<Void, any Error> {
        do {
            return .success(try await withSchema(body))
        } catch {
            return .failure(error)
        }
    }

    private static func withSchema(_ body: (TestDatabase) async throws -> Void) async throws {
        let database = try TestDatabase(schema: "test_\(UInt64.random(in: 0 ... .max))")
        let connection = database.connection
        try await connection.execute(script: "CREATE SCHEMA \(database.schema)", within: .seconds(60))
        let outcome: Result<Void, any Error>
        do {
            _ = try await OrderSchema.runner.migrate(connection, within: .seconds(60))
            outcome = .success(try await body(database))
        } catch {
            outcome = .failure(error)
        }
        try? await connection.execute(script: "DROP SCHEMA \(database.schema) CASCADE", within: .seconds(60))
        await connection.close()
        try outcome.get()
    }

    /// What waits in the outbox, of the orders or of all.
    func staged(_ orders: [OrderID]? = nil, minimumAge: Duration = .zero) async throws -> [StagedEvent] {
        let limit = EventLimit(count: 100, bytes: .max)
        let page =
            if let orders {
                try await outbox.scan(orders: orders, after: nil, limit: limit)
            } else {
                try await outbox.scan(after: nil, minimumAge: minimumAge, limit: limit)
            }
        #expect(!page.hasMore)
        return page.events
    }

    func int(_ sql: String) async throws -> Int64 {
        let results = try await connection.run(Batch(Statement(sql, sql)), within: .seconds(60))
        return try #require(results.first?.first).int64(0)
    }

    func execute(_ script: String) async throws {
        try await connection.execute(script: script, within: .seconds(60))
    }
}

/// The error that the body throws, for those that tell what is in it.
func storeError(_ body: () async throws -> Void) async -> StoreError? {
    do {
        try await body()
    } catch {
        return error as? StoreError
    }
    return nil
}

/// How many tests may use the server at once: all of them would take more sessions than it has by default.
private actor Places {
    static let shared = Places()

    private var free = 8
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func giveBack() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
