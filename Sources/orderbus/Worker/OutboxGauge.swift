internal import Orders
internal import ServiceLifecycle
internal import Synchronization
internal import Telemetry

/// Reads every few seconds how full the outbox is.
final class OutboxGauge: Service {
    private let outbox: any EventOutbox
    private let last = Mutex<OutboxStatistics?>(nil)

    init(outbox: any EventOutbox, metrics: PrometheusMetrics) {
        self.outbox = outbox
        metrics.gauge(MetricName.outboxEvents) { self.last.withLock { $0.map { Double($0.count) } } }
        metrics.gauge(MetricName.outboxAge) {
            self.last.withLock { $0.map { ($0.oldestAge ?? .zero) / .seconds(1) } }
        }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let statistics = try? await self.outbox.statistics()
                self.last.withLock { $0 = statistics }
                try? await Task.sleep(for: .seconds(5))
            }
        }
    }
}
