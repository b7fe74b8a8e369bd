internal import OrderHTTP
internal import Telemetry

extension HTTPMetricName {
    /// What every program counts that answers requests.
    static let requestDefinitions: [MetricDefinition] = [
        MetricDefinition(name: requests, help: "Requests answered, by method, route and status."),
        MetricDefinition(name: duration, help: "From a request's head to its answer, by route."),
        MetricDefinition(name: inFlight, help: "Requests that are being answered."),
        MetricDefinition(
            name: shed,
            help: "Requests turned away because too many were being answered."
        ),
        MetricDefinition(name: limited, help: "Requests turned away by a rate limit."),
    ]

    static let definitions: [MetricDefinition] =
        requestDefinitions + [
            MetricDefinition(name: orders, help: "Attempts to create an order, by what became of them."),
            MetricDefinition(name: lateReplies, help: "Replies that came when nobody waited for them any more."),
            MetricDefinition(name: breaker, help: "The circuit breaker: 0 closed, 1 half open, 2 open."),
        ]
}
