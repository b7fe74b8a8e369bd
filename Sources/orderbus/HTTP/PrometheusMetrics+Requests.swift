internal import OrderHTTP
internal import Telemetry

extension PrometheusMetrics {
    /// What of a server's requests is asked for at each scrape.
    func register(
        inFlight: @escaping @Sendable () -> Int,
        shed: @escaping @Sendable () -> Int,
        limited: @escaping @Sendable () -> Int
    ) {
        gauge(HTTPMetricName.inFlight) { Double(inFlight()) }
        counter(HTTPMetricName.shed) { Double(shed()) }
        counter(HTTPMetricName.limited) { Double(limited()) }
    }
}
