internal import AsyncHTTPClient
internal import NIOCore
internal import NIOSSL

extension HTTPClient {
    /// A client that follows no redirects, speaks TLS 1.2 or later, and waits for nothing without an end.
    ///
    /// - Parameter authorities: who may have signed the server's certificate; the system's where there are none.
    static func strict(
        connect: TimeAmount = .seconds(5),
        read: TimeAmount,
        authorities: [NIOSSLCertificate] = []
    ) -> HTTPClient {
        var configuration = Configuration(redirectConfiguration: .disallow)
        configuration.timeout = Configuration.Timeout(connect: connect, read: read)
        // What refuses a connection is told of at once, and not when there is no time left.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.tlsConfiguration = .makeClientConfiguration()
        configuration.tlsConfiguration?.minimumTLSVersion = .tlsv12
        if !authorities.isEmpty { configuration.tlsConfiguration?.trustRoots = .certificates(authorities) }
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Gives a strict client for as long as the body runs.
    static func withStrict<Value>(
        read: TimeAmount,
        authorities: [NIOSSLCertificate] = [],
        _ body: (HTTPClient) async throws -> Value
    ) async throws -> Value {
        let client = strict(read: read, authorities: authorities)
        do {
            let value = try await body(client)
            try await client.shutdown()
            return value
        } catch {
            try? await client.shutdown()
            throw error
        }
    }
}
