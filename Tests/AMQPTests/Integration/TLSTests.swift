import AMQP
import Testing

/// Needs `AMQPS_TEST_URL`, by a host name of the certificate, and `AMQPS_TEST_CERTIFICATES`, a folder; the client's
/// certificate there is that of the user `producer`.
@Suite(.enabled(if: TestBroker.isTLSEnabled, "AMQPS_TEST_URL is not set"), .timeLimit(.minutes(3)))
struct TLSTests {
    private func settings() throws -> ConnectionSettings {
        var settings = try ConnectionSettings(urls: try #require(TestBroker.tlsURL))
        settings.tls.authorities = try certificate("authority.pem")
        return settings
    }

    private func certificate(_ name: String) throws -> String {
        try #require(TestBroker.certificates, "AMQPS_TEST_CERTIFICATES is not set") + "/" + name
    }

    /// As the holder of the client certificate, without a password.
    private func externalSettings() throws -> ConnectionSettings {
        var settings = try settings()
        settings.tls.certificate = try certificate("client.pem")
        settings.tls.key = try certificate("client-key.pem")
        settings.endpoints = settings.endpoints.map { endpoint in
            var endpoint = endpoint
            endpoint.mechanism = .external
            endpoint.user = "nobody"
            endpoint.password = ""
            return endpoint
        }
        return settings
    }

    @Test func aClientCertificateIsALogin() async throws {
        let administrator = Administrator(settings: try externalSettings())
        try await administrator.connect()
        // The producer's rights, and no more.
        let error = await #expect(throws: AMQPError.self) { try await administrator.purge("orders.commands") }
        #expect(error?.code == .accessRefused)
        await administrator.close()
    }

    @Test func withoutItsCertificateTheExternalLoginIsRefused() async throws {
        var settings = try externalSettings()
        settings.tls.certificate = nil
        settings.tls.key = nil
        let error = await connectError(settings)
        #expect(error?.code == .authenticationRefused)
    }

    @Test func aKeyOfAnotherCertificateIsRefused() async throws {
        var settings = try externalSettings()
        settings.tls.key = try certificate("server-key.pem")
        let error = await connectError(settings)
        #expect(error?.code == .tlsFailed)
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
