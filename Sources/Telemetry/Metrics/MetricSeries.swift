/// The values of one metric under one set of labels.
protocol MetricSeries: AnyObject, Sendable {
    /// Writes the series' lines, as they stand at this moment.
    func write(name: String, labels: MetricLabels, to exposition: inout Exposition)
}
