/// The names of what the adapter counts.
package enum HTTPMetricName {
    package static let requests = "http_requests_total"
    package static let duration = "http_request_duration_seconds"
    package static let orders = "orders_created_total"
    package static let inFlight = "in_flight_requests"
    package static let shed = "http_requests_shed_total"
    package static let limited = "http_requests_limited_total"
    /// 0 closed, 1 half open, 2 open; by command.
    package static let breaker = "circuit_breaker_state"
    package static let lateReplies = "late_replies_total"
}
