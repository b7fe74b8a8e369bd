internal import HTTPTypes
internal import HummingbirdCore
internal import Orders

extension OrderResponder {
    /// Finds out who calls and whether they may, before anything of the body is read.
    ///
    /// - Returns: the `Authorization` value, which travels on with the command.
    func admit(_ exchange: inout Exchange, to command: CommandName) async throws(Problem) -> String {
        let authorization = try await authenticate(&exchange, for: command)
        guard exchange.accept.takesJSON else { throw .notAcceptable }
        return authorization
    }

    private func authenticate(_ exchange: inout Exchange, for command: CommandName) async throws(Problem) -> String {
        let lines = exchange.request.headers[values: .authorization]
        guard lines.count < 2 else { throw failed(.tokenRepeated, exchange) }
        // Another scheme shows no token: RFC 6750 §3.1 has no error for it.
        guard let authorization = lines.first.flatMap(BearerField.read) else { throw failed(.tokenMissing, exchange) }
        switch await authenticator.authenticate(authorization: authorization) {
        case .keysUnavailable:
            throw .keysAway
        case .refused(let refusal):
            throw failed(.tokenRefused(refusal), exchange)
        case .caller(let caller, let binding):
            do {
                try configuration.certificates.check(exchange.source.connection?.certificate, caller, binding)
            } catch {
                throw failed(error, exchange)
            }
            exchange.caller = caller
            guard caller.has(command.requiredScope) else { throw .scopeMissing(command.requiredScope) }
            exchange.rate = try door.count(tenant: caller.tenant, clientID: caller.clientID)
            return authorization
        }
    }

    private func failed(_ problem: Problem, _ exchange: Exchange) -> Problem {
        door.failed(exchange.address)
        return problem
    }

    /// The order's id in a path; one that is malformed names no order.
    func orderID(_ text: String, _ exchange: inout Exchange) throws(Problem) -> OrderID {
        guard let id = OrderID(text) else { throw Problem(Refusal.orderNotFound) }
        exchange.orderID = text
        return id
    }

    func condition(_ name: HTTPField.Name, _ exchange: Exchange) -> EntityTagCondition? {
        EntityTagCondition(exchange.request.headers[values: name])
    }

    func preferences(_ exchange: Exchange) -> Preferences {
        Preferences(exchange.request.headers[values: .prefer])
    }

    func request(
        _ command: CommandName,
        _ body: [UInt8],
        _ authorization: String,
        key: IdempotencyKey? = nil,
        _ exchange: Exchange
    ) -> BusRequest {
        BusRequest(
            command: command,
            body: body,
            authorization: authorization,
            idempotencyKey: key?.text,
            requestID: exchange.requestID,
            traceparent: exchange.trace.traceparent,
            tracestate: exchange.trace.tracestate
        )
    }
}
