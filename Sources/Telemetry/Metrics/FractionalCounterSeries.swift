import CoreMetrics
import Synchronization

/// A number with a fraction that only grows, for example seconds spent.
final class FractionalCounterSeries: MetricSeries, FloatingPointCounterHandler {
    private let value = Mutex(0.0)

    /// Adds; what is below zero or not finite is ignored.
    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        value.withLock { $0 += amount }
    }

    func reset() {
        value.withLock { $0 = 0 }
    }

    func write(name: String, labels: MetricLabels, to exposition: inout Exposition) {
        exposition.sample(name, labels: labels.text, value.withLock { $0 })
    }
}
