package import CoreMetrics
package import HTTPTypes
internal import Synchronization

/// Counts and times requests, by method, route and status.
package final class RequestMetrics: Sendable {
    private struct Series: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    /// Made once each: a metrics system looks names up under a lock.
    private let requests = Mutex<[Series: Counter]>([:])
    private let durations = Mutex<[String: Timer]>([:])
    private let factory: any MetricsFactory

    package init(factory: any MetricsFactory) {
        self.factory = factory
    }

    /// Notes an answer.
    ///
    /// - Parameter route: of a bounded number: a path that a caller makes up must not become a label.
    package func answered(
        _ method: HTTPRequest.Method,
        route: String,
        _ status: HTTPResponse.Status,
        since start: ContinuousClock.Instant
    ) {
        let series = Series(method: Self.known(method.rawValue), route: route, status: status.code)
        let counter = requests.withLock { requests in
            if let counter = requests[series] { return counter }
            let labels = [("method", series.method), ("route", route), ("status", String(series.status))]
            let counter = Counter(label: HTTPMetricName.requests, dimensions: labels, factory: factory)
            requests[series] = counter
            return counter
        }
        let timer = durations.withLock { durations in
            if let timer = durations[route] { return timer }
            let timer = Timer(label: HTTPMetricName.duration, dimensions: [("route", route)], factory: factory)
            durations[route] = timer
            return timer
        }
        counter.increment()
        timer.recordNanoseconds(start.duration(to: .now).nanoseconds)
    }

    /// A method of the caller's invention must not become a label.
    private static func known(_ method: String) -> String {
        ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"].contains(method) ? method : "other"
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        components.seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue
            &+ components.attoseconds / 1_000_000_000
    }
}
