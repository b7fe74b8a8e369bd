import CoreMetrics
import Synchronization

/// How many values fell into each of a few ranges, with their sum; for timers in seconds.
final class HistogramSeries: MetricSeries, RecorderHandler, TimerHandler {
    private struct State {
        /// One a bucket, not yet added up, and one more for what lies above the last bound.
        var counts: [UInt64]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    /// Takes the buckets' upper bounds, ascending.
    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    func record(_ value: Int64) {
        record(Double(value))
    }

    /// Counts a value; one that is not a number is ignored.
    func record(_ value: Double) {
        guard !value.isNaN else { return }
        var bucket = 0
        while bucket < bounds.count, value > bounds[bucket] {
            bucket += 1
        }
        state.withLock { state in
            state.counts[bucket] += 1
            state.sum += value
        }
    }

    func recordNanoseconds(_ duration: Int64) {
        record(Double(duration) / 1e9)
    }

    func write(name: String, labels: MetricLabels, to exposition: inout Exposition) {
        let state = state.withLock { $0 }
        let prefix = labels.text.isEmpty ? "" : labels.text + ","
        var total: UInt64 = 0
        for (index, count) in state.counts.enumerated() {
            total += count
            let bound = index < bounds.count ? Exposition.text(of: bounds[index]) : "+Inf"
            exposition.sample(name, suffix: "_bucket", labels: "\(prefix)le=\"\(bound)\"", total)
        }
        exposition.sample(name, suffix: "_sum", labels: labels.text, state.sum)
        exposition.sample(name, suffix: "_count", labels: labels.text, total)
    }
}
