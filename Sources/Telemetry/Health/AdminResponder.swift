import HTTPTypes
package import Hummingbird

/// Answers the operators' three paths: `/health/live`, `/health/ready`, `/metrics`.
package struct AdminResponder: HTTPResponder {
    package typealias Context = BasicRequestContext

    private let readiness: Readiness
    private let metrics: PrometheusMetrics

    package init(readiness: Readiness, metrics: PrometheusMetrics) {
        self.readiness = readiness
        self.metrics = metrics
    }

    package func respond(to request: Request, context: Context) async throws -> Response {
        guard request.method == .get || request.method == .head else {
            return Self.text(.methodNotAllowed, "only GET and HEAD\n", allow: true)
        }
        switch request.uri.path {
        case "/health/live":
            return Self.text(.ok, "alive\n")
        case "/health/ready":
            let snapshot = readiness.snapshot
            let status: HTTPResponse.Status = snapshot.isReady ? .ok : .serviceUnavailable
            return Self.response(status, type: "application/json", body: ByteBuffer(string: snapshot.json))
        case "/metrics":
            return Self.response(.ok, type: Exposition.contentType, body: ByteBuffer(bytes: metrics.exposition()))
        default:
            return Self.text(.notFound, "try /health/live, /health/ready or /metrics\n")
        }
    }

    private static func text(_ status: HTTPResponse.Status, _ text: String, allow: Bool = false) -> Response {
        var response = response(status, type: "text/plain; charset=utf-8", body: ByteBuffer(string: text))
        if allow {
            response.headers[.allow] = "GET, HEAD"
            // A refused method may carry a body, which would otherwise be read to its end.
            response.headers[.connection] = "close"
        }
        return response
    }

    private static func response(_ status: HTTPResponse.Status, type: String, body: ByteBuffer) -> Response {
        var response = Response(status: status, body: ResponseBody(byteBuffer: body))
        response.headers[.contentType] = type
        response.headers[.cacheControl] = "no-store"
        response.headers[.xContentTypeOptions] = "nosniff"
        return response
    }
}
