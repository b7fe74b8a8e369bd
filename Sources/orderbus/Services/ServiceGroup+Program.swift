internal import Logging
internal import ServiceLifecycle
internal import UnixSignals

extension ServiceGroup {
    /// Runs a program's services until a signal, or the first that fails, ends them.
    ///
    /// - Parameters:
    ///   - services: in order of dependence; they end in reverse, the log last.
    ///   - grace: how long what is in hand may take.
    static func run(_ services: [any Service], grace: Duration, logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = grace
        configuration.maximumCancellationDuration = .seconds(5)
        try await ServiceGroup(configuration: configuration).run()
    }
}
