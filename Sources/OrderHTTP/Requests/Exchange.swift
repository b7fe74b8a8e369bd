internal import HTTPTypes
internal import Hummingbird
internal import Orders

/// One request on its way through the adapter, with what has been found out about it.
struct Exchange {
    let request: Request
    let source: RequestSource
    let start: ContinuousClock.Instant
    let requestID: String
    let trace: TraceContext
    let accept: AcceptField
    /// `nil` for a path that names nothing.
    let route: Route?
    /// The length that the request declares: zero without a body, `nil` for one of unknown length.
    let declaredLength: Int?

    // What is found out on the way, for the log and for the answer's fields.
    var address: IPAddress
    var caller: Caller?
    var orderID: String?
    var rate: RateDecision?
    var isBodyRead = false

    init(_ request: Request, from source: RequestSource, rule: ClientAddressRule) {
        self.request = request
        self.source = source
        start = .now
        let fields = request.headers
        requestID = RequestID.accept(fields[values: .requestID])
        trace = TraceContext(traceparent: fields[values: .traceparent], tracestate: fields[values: .tracestate])
        accept = fields.contains(.accept) ? AcceptField(fields[values: .accept]) : .anything
        route = Route(path: request.uri.path)
        declaredLength = Self.declaredLength(fields)
        address = rule.client(of: source, fields)
    }

    /// The parser has made sure that a length is one number and does not stand beside `Transfer-Encoding`.
    private static func declaredLength(_ fields: HTTPFields) -> Int? {
        if fields.contains(.transferEncoding) { return nil }
        guard let text = fields[values: .contentLength].first else { return 0 }
        return Int(text)
    }

    var hasBody: Bool { declaredLength != 0 }
}
