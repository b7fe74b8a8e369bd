/// A number that is asked for at each scrape.
final class CallbackSeries: MetricSeries {
    private let value: @Sendable () -> Double?

    init(value: @escaping @Sendable () -> Double?) {
        self.value = value
    }

    func write(name: String, labels: MetricLabels, to exposition: inout Exposition) {
        guard let value = value() else { return }
        exposition.sample(name, labels: labels.text, value)
    }
}
