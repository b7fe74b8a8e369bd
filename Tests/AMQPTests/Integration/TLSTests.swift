import AMQP
import Testing

/// Needs `AMQPS_TEST_URL`, by a host name of the certificate, and `AMQPS_TEST_CA_FILE`, a private authority.
@Suite(.enabled(if: TestBroker.isTLSEnabled, "AMQPS_TEST_URL is not set"), .timeLimit(.minutes(3)))
struct TLSTests {
    private func settings() throws -> ConnectionSettings {
        var settings = try ConnectionSettings(urls: try #require(TestBroker.tlsURL))
        settings.tls.authorities = try #require(TestBroker.tlsAuthorities, "AMQPS_TEST_CA_FILE is not set")
        return settings
    }

    private func connectError(_ settings: ConnectionSettings) async -> AMQPError? {
        await #expect(throws: AMQPError.self) { try await Administrator(settings: settings).connect() }
    }

    @Test func messagesOfAllSizesPassBothWays() async throws {
        let settings = try settings()
        try await TestBroker.withQueue { queue, _ in
            let sizes = [0, 1, 100, 16_384, 131_064, 131_065, 500_000] + Array(repeating: 300, count: 2000)
            try await TestBroker.withPublisher(settings: settings) { publisher in
                let messages = sizes.map { size in
                    let properties = MessageProperties(headers: ["size": .int64(Int64(size))], messageID: "m")
                    return OutgoingMessage(
                        routingKey: queue,
                        properties: properties,
                        body: Array(repeating: 5, count: size)
                    )
                }
                let outcomes = await publisher.publish(messages).allSatisfy { $0.isConfirmed }
                #expect(outcomes)
            }
            try await TestBroker.withConsumer(of: queue, prefetch: 3000, settings: settings) { consumer in
                let deliveries = try await consumer.collect(sizes.count)
                #expect(deliveries.map(\.body.count) == sizes)
                #expect(deliveries.map { $0.properties.headers["size"]?.integer } == sizes.map { Int64($0) })
                if let last = deliveries.last { await consumer.acknowledge(upTo: last.tag) }
            }
        }
    }

    @Test func anAuthorityThatDidNotSignIsRefused() async throws {
        var settings = try settings()
        settings.tls = TLSFiles()
        let code = await connectError(settings)?.code
        #expect(code == .tlsFailed)
    }

    @Test func aCertificateForAnotherHostIsRefused() async throws {
        var settings = try settings()
        settings.endpoints = settings.endpoints.map { endpoint in
            var endpoint = endpoint
            endpoint.host = "127.0.0.1"
            return endpoint
        }
        let code = await connectError(settings)?.code
        #expect(code == .tlsFailed)
    }

    @Test func aMissingFileIsNamed() async throws {
        var settings = try settings()
        settings.tls.authorities = "/nonexistent/ca.pem"
        let error = await connectError(settings)
        #expect(error?.code == .tlsFailed)
        #expect(error?.message.contains("/nonexistent/ca.pem") == true)
    }
}
