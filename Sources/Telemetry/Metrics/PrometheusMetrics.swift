import CoreMetrics
import Synchronization

/// Keeps the process's metrics and writes them for Prometheus.
///
/// Series live as long as the process: a counter that went away and came back would look like a restart. Two metrics
/// of the same name and labels are one series. Labels must come from small sets; see ``maximumSeries``.
package final class PrometheusMetrics: Sendable {
    /// Series that one name may have; values for more are counted nowhere, so that a label from outside cannot fill
    /// the memory.
    static let maximumSeries = 1000

    private let definitions: [String: MetricDefinition]
    private let families = Mutex<[String: MetricFamily]>([:])

    /// Takes what is to be known of metrics beforehand; others get no help text and the latency buckets.
    package init(definitions: [MetricDefinition] = []) {
        self.definitions = Dictionary(definitions.map { (MetricNameRule.metric($0.name), $0) }) { first, _ in first }
    }

    /// Adds a gauge whose value is asked for at each scrape, off the event loop; nil leaves it out.
    package func gauge(
        _ name: String,
        dimensions: [(String, String)] = [],
        value: @escaping @Sendable () -> Double?
    ) {
        _ = series(name, .gauge, dimensions) { _ in CallbackSeries(value: value) }
    }

    /// Adds a counter whose value is asked for at each scrape; it must never fall.
    package func counter(
        _ name: String,
        dimensions: [(String, String)] = [],
        value: @escaping @Sendable () -> Double?
    ) {
        _ = series(name, .counter, dimensions) { _ in CallbackSeries(value: value) }
    }

    /// All metrics as Prometheus text, in order of name.
    package func exposition() -> [UInt8] {
        // The callbacks run outside of the lock: they may use metrics themselves.
        let families = families.withLock { $0 }
        var exposition = Exposition()
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            family.write(name: name, to: &exposition)
        }
        return exposition.bytes
    }

    /// Returns the series of that name and those labels, made if need be.
    ///
    /// - Returns: nil where the name is in use for another kind, or has all the series that it may have.
    func series<Series: MetricSeries>(
        _ name: String,
        _ kind: MetricKind,
        _ dimensions: [(String, String)],
        make: (_ buckets: [Double]) -> Series
    ) -> Series? {
        let plain = MetricNameRule.metric(name)
        let name = kind == .counter && !plain.hasSuffix("_total") ? plain + "_total" : plain
        let labels = MetricLabels(dimensions)
        return families.withLock { families in
            let definition = definitions[name] ?? definitions[plain]
            var family =
                families[name]
                ?? MetricFamily(
                    kind: kind,
                    help: definition?.help ?? "",
                    buckets: (definition?.buckets ?? MetricDefinition.latencyBuckets).sorted()
                )
            guard family.kind == kind else { return nil }
            if let existing = family.series[labels] {
                return existing as? Series
            }
            guard family.series.count < Self.maximumSeries else { return nil }
            let series = make(family.buckets)
            family.series[labels] = series
            families[name] = family
            return series
        }
    }
}
