import CoreMetrics
import Synchronization

/// A whole number that only grows.
final class CounterSeries: MetricSeries, CounterHandler {
    private let value = Atomic<Int64>(0)

    /// Adds; what is below zero is ignored, and the sum stops at the largest number rather than turn around.
    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        let sum = value.wrappingAdd(amount, ordering: .relaxed).newValue
        if sum < 0 {
            value.store(.max, ordering: .relaxed)
        }
    }

    func reset() {
        value.store(0, ordering: .relaxed)
    }

    func write(name: String, labels: MetricLabels, to exposition: inout Exposition) {
        exposition.sample(name, labels: labels.text, value.load(ordering: .relaxed))
    }
}
