import AMQP
import Glibc
import OrderStorage
import Postgres
import Testing
import ThreadExecutor

/// The real broker and database that integration tests run against.
struct TestServers {
    static let brokerURL = getenv("AMQP_TEST_URL").map { String(cString: $0) }
    static let databaseURL = getenv("DATABASE_TEST_URL").map { String(cString: $0) }
    private static let isRequired = getenv("REQUIRE_INTEGRATION").map { String(cString: $0) } == "1"

    /// True without servers too where they are required: then the test runs and fails.
    static var areEnabled: Bool { (brokerURL != nil && databaseURL != nil) || isRequired }

    static let whyDisabled: Comment = "AMQP_TEST_URL or DATABASE_TEST_URL is not set"

    let schema: String
    let broker: ConnectionSettings

    /// Runs the body with tables in a schema of its own, which goes with the test.
    static func with(_ body: (TestServers) async throws -> Void) async throws {
        let url = try #require(brokerURL, "AMQP_TEST_URL is not set")
        let servers = TestServers(
            schema: "test_\(UInt64.random(in: 0 ... .max))",
            broker: try settings(url)
        )
        let connection = try servers.connect()
        try await connection.execute(script: "CREATE SCHEMA \(servers.schema)", within: .seconds(60))
        let outcome: Result<Void, any Error>
        do {
            _ = try await OrderSchema.runner.migrate(connection, within: .seconds(60))
            outcome = .success(try await body(servers))
        } catch {
            outcome = .failure(error)
        }
        try? await connection.execute(script: "DROP SCHEMA \(servers.schema) CASCADE", within: .seconds(60))
        await connection.close()
        try outcome.get()
    }

    private static func settings(_ url: String) throws -> ConnectionSettings {
        var settings = try ConnectionSettings(urls: url)
        settings.connectTimeout = .seconds(30)
        return settings
    }

    /// A session in the test's schema.
    func connect() throws -> Connection {
        let url = try #require(Self.databaseURL, "DATABASE_TEST_URL is not set")
        var settings = PostgresSettings(connectionString: url)
        settings.sessionSettings["search_path"] = schema
        return try Connection(settings, on: ThreadExecutor(name: "test-recovery"))
    }

    /// Gives a new quorum queue, and removes it afterwards.
    func withQueue(_ body: (ShortString) async throws -> Void) async throws {
        let name = try #require(ShortString("test.\(UInt64.random(in: 0 ... .max))"))
        let administrator = Administrator(settings: broker)
        try await administrator.connect()
        var queue = QueueDeclaration(name: name)
        queue.arguments = ["x-queue-type": .text("quorum")]
        try await administrator.declare(queue)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(name)) } catch { outcome = .failure(error) }
        try? await administrator.connect()
        _ = try? await administrator.delete(name)
        await administrator.close()
        try outcome.get()
    }

    /// How many messages lie in a queue, delivered ones not counted.
    func count(_ queue: ShortString) async throws -> UInt32 {
        let administrator = Administrator(settings: broker)
        try await administrator.connect()
        let state = try await administrator.state(of: queue)
        await administrator.close()
        return state.messageCount
    }

    /// Runs a publisher for as long as the body does.
    func withPublisher(_ body: (Publisher) async throws -> Void) async throws {
        let publisher = Publisher(settings: broker, executor: ThreadExecutor(name: "test-publisher"))
        let running = Task { await publisher.run() }
        let outcome: Result<Void, any Error>
        do {
            #expect(await publisher.waitUntilConnected(until: .now + .seconds(60)))
            outcome = .success(try await body(publisher))
        } catch {
            outcome = .failure(error)
        }
        running.cancel()
        await running.value
        try outcome.get()
    }
}
