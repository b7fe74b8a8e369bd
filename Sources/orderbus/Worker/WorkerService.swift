internal import Glibc
internal import Logging
internal import OrderWorker
internal import ServiceLifecycle
internal import Telemetry

/// The worker as a service that ends gracefully: what is in hand is finished, nothing new is taken.
struct WorkerService: Service {
    let worker: OrderWorker
    let readiness: Readiness
    let sink: LogSink

    func run() async throws {
        await withGracefulShutdownHandler {
            await worker.run()
        } onGracefulShutdown: {
            readiness.drain()
            sink.record(.notice, "stopping: finishing what is in hand", logger: "worker")
            // From here on a further signal has its usual effect: it ends the process at once.
            signal(SIGTERM, SIG_DFL)
            signal(SIGINT, SIG_DFL)
            Task { await worker.beginShutdown() }
        }
    }
}
