internal import Glibc
internal import Logging
internal import OrderConsole
internal import ServiceLifecycle
internal import Telemetry

/// The console's server as a service that ends gracefully: requests in hand are answered, nothing new is taken.
struct ConsoleService: Service {
    let server: ConsoleServer
    let readiness: Readiness
    let sink: LogSink

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await server.run()
        } onGracefulShutdown: {
            readiness.drain()
            sink.record(.notice, "stopping: answering what is in hand", logger: "console")
            // From here on a further signal has its usual effect: it ends the process at once.
            signal(SIGTERM, SIG_DFL)
            signal(SIGINT, SIG_DFL)
        }
    }
}
