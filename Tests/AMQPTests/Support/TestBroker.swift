import AMQP
import Glibc
import ThreadExecutor

/// The broker of the integration tests.
///
/// `AMQP_TEST_URL` needs the right to declare queues and exchanges named `test.*`. Under `REQUIRE_INTEGRATION=1` a
/// missing variable fails the tests instead of skipping them.
enum TestBroker {
    static let url = variable("AMQP_TEST_URL")
    static let tlsURL = variable("AMQPS_TEST_URL")
    /// A folder with authority.pem, which signed the TLS broker's certificate, and client.pem with client-key.pem.
    static let certificates = variable("AMQPS_TEST_CERTIFICATES")
    static let isRequired = variable("REQUIRE_INTEGRATION") == "1"
    static let isEnabled = url != nil || isRequired
    static let isTLSEnabled = tlsURL != nil || isRequired

    static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }

    static func settings() throws -> ConnectionSettings {
        guard let url else { throw AMQPError(.invalidArgument, "AMQP_TEST_URL is not set") }
        var settings = try ConnectionSettings(urls: url)
        settings.connectionName = "orderbus tests"
        settings.connectTimeout = .seconds(30)  // a test machine may be busy with all the other tests
        return settings
    }

    /// Settings that lead through a proxy to the broker.
    static func settings(through port: UInt16) throws -> ConnectionSettings {
        var settings = try settings()
        settings.endpoints = settings.endpoints.prefix(1).map { endpoint in
            var endpoint = endpoint
            endpoint.host = "127.0.0.1"
            endpoint.port = port
            return endpoint
        }
        return settings
    }

    /// Gives a new queue, and removes it afterwards.
    static func withQueue<Result>(
        arguments: FieldTable = FieldTable(),
        _ body: (ShortString, Administrator) async throws -> Result
    ) async throws -> Result {
        let administrator = Administrator(settings: try settings())
        try await administrator.connect()
        let name = uniqueName()
        var declaration = QueueDeclaration(name: name)
        declaration.arguments = arguments
        try await administrator.declare(declaration)
        do {
            let result = try await body(name, administrator)
            try await cleanUp(name, administrator)
            return result
        } catch {
            try? await cleanUp(name, administrator)
            throw error
        }
    }

    private static func cleanUp(_ queue: ShortString, _ administrator: Administrator) async throws {
        try await administrator.connect()
        try await administrator.delete(queue)
        await administrator.close()
    }

    static func uniqueName() -> ShortString {
        ShortString("test.\(UInt64.random(in: 0...(.max)))") ?? .empty
    }

    /// Runs a publisher for as long as the closure does, from its first connection on.
    static func withPublisher<Result>(
        _ options: PublisherSettings = PublisherSettings(),
        settings: ConnectionSettings? = nil,
        events: EventLog = EventLog(),
        _ body: (Publisher) async throws -> Result
    ) async throws -> Result {
        let publisher = Publisher(
            settings: try settings ?? self.settings(),
            options: options,
            executor: ThreadExecutor(name: "test-publisher"),
            observe: events.record
        )
        let running = Task { await publisher.run() }
        defer { running.cancel() }
        guard await publisher.waitUntilConnected(until: .now + .seconds(20)) else {
            throw AMQPError(.timedOut, "the publisher did not connect: \(events.all)")
        }
        let result = try await body(publisher)
        running.cancel()
        await running.value
        return result
    }

    /// Connects a consumer, and closes it afterwards.
    static func withConsumer<Result>(
        of queue: ShortString,
        prefetch: UInt16 = 100,
        acknowledgementDelay: Duration = .zero,
        settings: ConnectionSettings? = nil,
        events: EventLog = EventLog(),
        _ body: (Consumer) async throws -> Result
    ) async throws -> Result {
        let consumer = Consumer(
            settings: try settings ?? self.settings(),
            queue: queue,
            prefetch: prefetch,
            executor: ThreadExecutor(name: "test-consumer"),
            acknowledgementDelay: acknowledgementDelay,
            observe: events.record
        )
        try await consumer.connect()
        do {
            let result = try await body(consumer)
            await consumer.close()
            return result
        } catch {
            await consumer.close()
            throw error
        }
    }
}

extension Consumer {
    /// Receives until there are so many, or for ten seconds.
    func collect(_ count: Int) async throws -> [Delivery] {
        var deliveries: [Delivery] = []
        let deadline = ContinuousClock.now + .seconds(10)
        while deliveries.count < count {
            let batch = try await receive(atMost: count - deliveries.count, until: deadline)
            if batch.isEmpty { break }
            deliveries += batch
        }
        return deliveries
    }
}
