import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOPosix
import ServiceLifecycleTestKit
import Telemetry
import Testing

@Suite(.timeLimit(.minutes(3))) struct AdminServerTests {
    /// Runs a server on a port of the system's choice until the body is through.
    private func withServer(_ body: @escaping @Sendable (_ port: Int) async throws -> Void) async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = AdminServer(
            host: "127.0.0.1",
            port: 0,
            readiness: Readiness(dependencies: []),
            metrics: PrometheusMetrics(),
            onListening: { continuation.yield($0) }
        )
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                for await port in ports {
                    try await body(port)
                    break
                }
                trigger.triggerGracefulShutdown()
                try await group.waitForAll()
            }
        }
    }

    @Test func answersOnItsOwnPortAndEndsWithTheProgram() async throws {
        try await withServer { port in
            let group = MultiThreadedEventLoopGroup.singleton
            let client = TestClient(host: "127.0.0.1", port: port, eventLoopGroupProvider: .shared(group))
            client.connect()
            let response = try await client.get("/health/live")
            #expect(response.status == .ok)
            try await client.shutdown()
        }
    }

    @Test func aPortThatIsTakenIsSaidByName() async throws {
        try await withServer { port in
            let second = AdminServer(
                host: "127.0.0.1",
                port: port,
                readiness: Readiness(dependencies: []),
                metrics: PrometheusMetrics()
            )
            let error = await #expect(throws: AdminServerError.self) { try await second.run() }
            #expect(error?.description.hasPrefix("cannot listen on 127.0.0.1:\(port): ") == true)
        }
    }
}
