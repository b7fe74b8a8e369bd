internal import Hummingbird
internal import HummingbirdCore
package import Logging
internal import NIOCore
internal import NIOPosix
internal import OrderHTTP
internal import ServiceLifecycle

/// The console's listener with its event loop.
package struct ConsoleServer: Service {
    private let host: String
    private let port: Int
    private let responder: ConsoleResponder
    private let logger: Logger
    private let onListening: @Sendable (_ port: Int) async -> Void

    /// Describes the listener; it opens its port in ``run()``.
    ///
    /// - Parameters:
    ///   - port: 0 lets the system choose.
    ///   - onListening: called once with the port that is open.
    package init(
        host: String,
        port: Int,
        responder: ConsoleResponder,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        self.responder = responder
        var logger = logger
        // The libraries tell of their own start and end at level info; ours is told by the program.
        logger.logLevel = max(logger.logLevel, .warning)
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the program ends, and then finishes what it has begun.
    package func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let result: Result<Void, any Error>
        do {
            try await application(on: group).run()
            result = .success(())
        } catch {
            result = .failure(error)
        }
        try await group.shutdownGracefully()
        try result.get()
    }

    private func application(on group: MultiThreadedEventLoopGroup) -> Application<ConsoleResponder> {
        var limits = ConnectionLimits()
        limits.connectionCount = 512
        // An import of some megabytes over a slow line.
        limits.bodyTime = .seconds(60)
        return Application(
            responder: responder,
            server: OrderHTTPServer.server(limits: limits, certificates: nil),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { [onListening] in await onListening($0.localAddress?.port ?? 0) },
            eventLoopGroupProvider: .shared(group),
            logger: logger
        )
    }
}
