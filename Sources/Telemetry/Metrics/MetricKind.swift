/// The kinds of metric that the exposition tells apart.
enum MetricKind: String, Sendable {
    case counter
    case gauge
    case histogram
}
