package import Hummingbird
internal import HummingbirdCore
package import Logging
internal import ServiceLifecycle

/// A listener with its event loops, for whoever answers.
package struct OrderHTTPServer<Responder: HTTPResponder>: Service where Responder.Context == RequestSource {
    private let host: String
    private let port: Int
    private let responder: Responder
    private let limits: ConnectionLimits
    private let certificates: ServerCertificates?
    private let threads: Int
    private let logger: Logger
    private let onListening: @Sendable (_ port: Int) async -> Void

    /// Describes the listener; it opens its port in ``run()``.
    ///
    /// - Parameters:
    ///   - port: 0 lets the system choose.
    ///   - certificates: `nil` for plain HTTP.
    ///   - threads: event loops.
    ///   - onListening: called once with the port that is open.
    package init(
        host: String,
        port: Int,
        responder: Responder,
        limits: ConnectionLimits = ConnectionLimits(),
        certificates: ServerCertificates? = nil,
        threads: Int = 1,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        self.responder = responder
        self.limits = limits
        self.certificates = certificates
        self.threads = max(threads, 1)
        var logger = logger
        // The libraries tell of their own start and end at level info; ours is told by the program.
        logger.logLevel = max(logger.logLevel, .warning)
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the program ends, and then finishes what it has begun.
    package func run() async throws {
        try await application.run()
    }

    private var application: Application<Responder> {
        Application(
            responder: responder,
            server: HTTPServerBuilder { [limits, certificates] responder in
                OrderHTTPChannel(responder: responder, limits: limits, certificates: certificates)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                backlog: 1024,
                availableConnectionsDelegate: .maximum(limits.connectionCount, logger: logger)
            ),
            onServerRunning: { [onListening] in await onListening($0.localAddress?.port ?? 0) },
            eventLoopGroupProvider: .shared(ListenerLoops.group(ofThreads: threads)),
            logger: logger
        )
    }
}
