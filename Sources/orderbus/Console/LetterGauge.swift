internal import Orders
internal import ServiceLifecycle
internal import Synchronization
internal import Telemetry

/// Reads every few seconds how many dead letters wait, and thereby whether the database answers.
final class LetterGauge: Service {
    private let store: any DeadLetterStore
    private let telemetry: ConsoleTelemetry
    private let now: @Sendable () -> Timestamp
    private let last = Mutex<LetterStatistics?>(nil)

    init(
        store: any DeadLetterStore,
        metrics: PrometheusMetrics,
        telemetry: ConsoleTelemetry,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.telemetry = telemetry
        self.now = now
        register(metrics)
    }

    private func register(_ metrics: PrometheusMetrics) {
        for state in LetterState.allCases {
            gauge(metrics, ConsoleMetricName.letters, [("state", state.name)]) { Double($0.counts[state] ?? 0) }
        }
        for reason in FailureReason.allCases {
            gauge(metrics, ConsoleMetricName.waiting, [("reason", reason.name)]) {
                Double($0.keptByReason[reason] ?? 0)
            }
        }
        for state in ReplayJobState.allCases {
            gauge(metrics, ConsoleMetricName.jobs, [("state", state.name)]) { Double($0.jobs[state] ?? 0) }
        }
        gauge(metrics, ConsoleMetricName.inflow) { Double($0.inflowLastDay) }
        gauge(metrics, ConsoleMetricName.repeatFailures) { Double($0.repeatFailures) }
        gauge(metrics, ConsoleMetricName.oldest) { [now] statistics in
            statistics.oldestKeptAt.map { Double(now().milliseconds - $0.milliseconds) / 1000 } ?? 0
        }
    }

    private func gauge(
        _ metrics: PrometheusMetrics,
        _ name: String,
        _ dimensions: [(String, String)] = [],
        _ value: @escaping @Sendable (LetterStatistics) -> Double
    ) {
        metrics.gauge(name, dimensions: dimensions) { self.last.withLock { $0.map(value) } }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.read()
                try? await Task.sleep(for: .seconds(5))
            }
        }
    }

    private func read() async {
        do throws(StoreError) {
            let statistics = try await store.statistics(at: now())
            last.withLock { $0 = statistics }
            telemetry.databaseAnswered()
        } catch {
            last.withLock { $0 = nil }
            telemetry.databaseFailed(error.description)
        }
    }
}
