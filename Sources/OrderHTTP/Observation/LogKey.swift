/// The names of what a request's log line holds.
enum LogKey {
    static let requestID = "request.id"
    static let traceID = "trace.id"
    static let method = "http.method"
    static let route = "http.route"
    static let status = "http.status"
    static let code = "error.code"
    static let clientID = "client.id"
    static let tenant = "tenant"
    static let orderID = "order.id"
    static let address = "client.address"
    static let duration = "duration.ms"
}
