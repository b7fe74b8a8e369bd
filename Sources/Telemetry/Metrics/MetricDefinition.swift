/// What is said about a metric before it is used: its help text and, for a histogram, its buckets.
package struct MetricDefinition: Sendable {
    /// As in the exposition, with underscores; a counter's ends in `_total`.
    package let name: String
    /// One sentence for who reads `/metrics`.
    package let help: String
    /// Upper bounds of a histogram's buckets, ascending, in the unit of the name; `+Inf` is always added.
    package let buckets: [Double]

    /// Defines a metric.
    ///
    /// - Parameter buckets: defaults to ``latencyBuckets``; of no effect for counters and gauges.
    package init(name: String, help: String, buckets: [Double] = MetricDefinition.latencyBuckets) {
        self.name = name
        self.help = help
        self.buckets = buckets
    }

    /// From 100 µs to 30 s.
    package static let latencyBuckets: [Double] = [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
    ]

    /// Powers of two from 1 to 4096, for sizes and counts.
    package static let sizeBuckets: [Double] = (0...12).map { Double(1 << $0) }
}
