/// The names of what a request's log line holds: the worker's, so that one query follows a request through both.
enum LogKey {
    static let requestID = "request_id"
    static let traceparent = "traceparent"
    static let method = "method"
    static let route = "route"
    static let status = "status"
    static let code = "code"
    static let clientID = "client_id"
    static let tenant = "tenant"
    static let orderID = "order_id"
    static let address = "client_address"
    static let duration = "duration_ms"
}
