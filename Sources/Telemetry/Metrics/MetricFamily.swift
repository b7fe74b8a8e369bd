/// All series of one name.
struct MetricFamily: Sendable {
    let kind: MetricKind
    let help: String
    let buckets: [Double]
    var series: [MetricLabels: any MetricSeries] = [:]

    /// Writes the family; series stand in the order of their labels.
    func write(name: String, to exposition: inout Exposition) {
        exposition.header(name: name, kind: kind, help: help)
        for (labels, series) in series.sorted(by: { $0.key.text < $1.key.text }) {
            series.write(name: name, labels: labels, to: &exposition)
        }
    }
}
