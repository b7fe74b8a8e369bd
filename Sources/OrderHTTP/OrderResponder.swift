package import CoreMetrics
internal import HTTPTypes
package import Hummingbird
package import Logging
internal import NIOCore
package import Orders

/// Answers REST calls by sending commands.
package struct OrderResponder: HTTPResponder {
    package typealias Context = RequestSource

    let configuration: OrderHTTPConfiguration
    let authenticator: any RequestAuthenticator
    let rules: any NewOrderChecker
    let bus: BreakingBus
    let door: Door
    let gate: Gate
    let metrics: HTTPMetrics
    let log: RequestLog
    private let commonFields: HTTPFields
    private let pages: PageFiles

    /// - Parameters:
    ///   - rules: asked for all that is wrong with an order that reaches no worker.
    ///   - availability: asked before each command; must answer at once.
    ///   - logger: gets one line a request.
    package init(
        configuration: OrderHTTPConfiguration = OrderHTTPConfiguration(),
        bus: any CommandBus,
        rules: any NewOrderChecker,
        authenticator: any RequestAuthenticator,
        availability: @escaping @Sendable () -> BusAvailability = { .available },
        metrics: any MetricsFactory,
        logger: Logger
    ) {
        self.configuration = configuration
        self.authenticator = authenticator
        self.rules = rules
        self.bus = BreakingBus(bus: bus, settings: configuration.breaker, availability: availability)
        door = Door(
            allowed: configuration.allowedAddresses,
            clientRate: configuration.clientRate,
            failureRate: configuration.failureRate
        )
        gate = Gate(limit: configuration.inFlightLimit)
        self.metrics = HTTPMetrics(factory: metrics)
        log = RequestLog(logger: logger)
        commonFields = SecurityFields.make(isSecure: configuration.isSecure)
        pages = PageFiles()
    }

    package func respond(to request: Request, context: RequestSource) async throws -> Response {
        var exchange = Exchange(request, from: context, rule: configuration.addressRule)
        let answer = await answer(&exchange)
        metrics.answered(exchange, answer)
        log.answered(exchange, answer)
        return response(answer, exchange)
    }

    private func answer(_ exchange: inout Exchange) async -> Answer {
        guard gate.enter() else { return problem(.overloaded, exchange) }
        defer { gate.leave() }
        do {
            return try await route(&exchange)
        } catch {
            return problem(error, exchange)
        }
    }

    private func problem(_ problem: Problem, _ exchange: Exchange) -> Answer {
        Answer(problem, requestID: exchange.requestID, asProblem: exchange.accept.wantsProblems)
    }

    private func route(_ exchange: inout Exchange) async throws(Problem) -> Answer {
        try door.check(
            exchange.address,
            isKnown: authenticator.remembers(exchange.request.headers[values: .authorization])
        )
        guard let route = exchange.route else { throw .noSuchRoute }
        let method = exchange.request.method
        guard route.methods.contains(method) else { throw .methodNotAllowed(route.methods) }
        switch route {
        case .orders where method == .post: return try await createOrder(&exchange)
        case .orders: return try await listOrders(&exchange)
        case .order(let id): return try await getOrder(id, &exchange)
        case .cancellation(let id): return try await cancelOrder(id, &exchange)
        case .document: return pages.document
        case .page(let file): return pages.answer(file)
        }
    }

    private func response(_ answer: Answer, _ exchange: Exchange) -> Response {
        var fields = commonFields
        for field in answer.fields { fields[field.name] = field.value }
        fields[.requestID] = exchange.requestID
        fields[.traceparent] = exchange.trace.traceparent
        if let rate = exchange.rate {
            fields[.rateLimitPolicy] = rate.policy.field
            fields[.rateLimit] = rate.limitField
        }
        // The unread rest of a long body is not worth reading; a short one saves the caller a new connection.
        if exchange.hasBody, !exchange.isBodyRead, (exchange.declaredLength ?? .max) > OrderRules.bodyBytes {
            fields[.connection] = "close"
        }
        guard answer.status != .notModified else {
            return Response(status: answer.status, headers: fields)
        }
        let isHead = exchange.request.method == .head
        if isHead { fields[.contentLength] = String(answer.body.readableBytes) }
        return Response(
            status: answer.status,
            headers: fields,
            body: isHead ? ResponseBody() : ResponseBody(byteBuffer: answer.body)
        )
    }
}

extension OrderResponder {
    /// Requests that are being answered.
    package var inFlightCount: Int { gate.count }
    /// Requests turned away because too many were being answered.
    package var shedCount: Int { gate.shedCount }
    /// Requests turned away by a rate limit.
    package var limitedCount: Int { door.limitedCount }
    /// The breaker's state for a command: 0 closed, 1 half open, 2 open.
    package func breakerLevel(of command: CommandName) -> Int { bus.level(command) }
}
