internal import Glibc
internal import Logging
internal import ServiceLifecycle
internal import Telemetry

/// A program's own work as a service that ends gracefully: what is in hand is finished, nothing new is taken.
struct DrainingService: Service {
    /// In the log: `worker`, `http`, `console`.
    let name: String
    /// What the log says when it begins to end.
    let farewell: String
    let readiness: Readiness
    let sink: LogSink
    let work: @Sendable () async throws -> Void
    /// Tells the work to end, where it does not hear of it by itself.
    var beginShutdown: @Sendable () -> Void = {}

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await work()
        } onGracefulShutdown: {
            readiness.drain()
            sink.record(.notice, farewell, logger: name)
            // From here on a further signal has its usual effect: it ends the process at once.
            signal(SIGTERM, SIG_DFL)
            signal(SIGINT, SIG_DFL)
            beginShutdown()
        }
    }
}
