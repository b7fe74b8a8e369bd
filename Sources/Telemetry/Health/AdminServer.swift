import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The operators' HTTP listener, on an address and one event loop thread of its own.
///
/// Near the front of a service group, so that it still answers while the rest drains.
package struct AdminServer: Service {
    /// Lives as long as the process: when a server's `run()` returns, Hummingbird's last task may still have something
    /// to schedule, which is a fault on a loop that was shut down.
    private static let eventLoop = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    /// How long an open connection may stay silent.
    static let idleTimeout = Duration.seconds(15)
    /// Open connections; more wait to be accepted.
    static let maximumConnections = 32

    private let host: String
    private let port: Int
    private let responder: AdminResponder
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
        readiness: Readiness,
        metrics: PrometheusMetrics,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        responder = AdminResponder(readiness: readiness, metrics: metrics)
        var logger = Logger(label: "admin")
        // Its libraries tell of their own start and end at level info; ours is told by the program.
        logger.logLevel = .warning
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the program ends.
    ///
    /// - Throws: ``AdminServerError`` where the port cannot be opened.
    package func run() async throws {
        do {
            try await application.run()
        } catch let error as IOError {
            throw AdminServerError(host: host, port: port, reason: error.description)
        }
    }

    private var application: some ApplicationProtocol {
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: 8 * 1024,
            maxHeaderListSize: 16 * 1024,
            maxHeaderFieldCount: 64
        )
        let channel = HTTP1Channel.Configuration(
            idleTimeout: TimeAmount(Self.idleTimeout),
            httpDecoderConfiguration: decoder
        )
        let onListening = onListening
        return Application(
            responder: responder,
            server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: .maximum(Self.maximumConnections, logger: logger)
            ),
            onServerRunning: { await onListening($0.localAddress?.port ?? 0) },
            eventLoopGroupProvider: .shared(Self.eventLoop),
            logger: logger
        )
    }
}
