internal import HTTPTypes
internal import HummingbirdCore
internal import JSON
internal import Orders

extension OrderResponder {
    /// Answers `POST /v1/orders`.
    func createOrder(_ exchange: inout Exchange) async throws(Problem) -> Answer {
        let authorization = try await admit(&exchange, to: .create)
        let sentKey: IdempotencyKey?
        do {
            sentKey = try IdempotencyKeyField.read(exchange.request.headers[values: .idempotencyKey])
        } catch {
            throw try await keyRefused(error, &exchange)
        }
        try RequestBodyReader.check(exchange)
        try bus.check(.create)
        let body = try await RequestBodyReader.read(&exchange)

        let (wait, applied) = preferences(exchange).wait(atMost: configuration.replyTimeout)
        // With a key in the field and time to wait, the worker is the only one who needs to read the body.
        if sentKey == nil || wait == .zero { exchange.orderID = try orderID(body, sentKey, exchange) }

        let outcome = await outcome(of: request(.create, body, authorization, key: sentKey, exchange), wait)
        metrics.created(outcome)
        let response = try outcome.get()
        if case .replied(let reply) = response, reply.status == 201 {
            return try created(reply, applied, &exchange)
        }
        if let ending = try ending(response, exchange) { return ending }
        let id = try orderID(body, sentKey, exchange)
        exchange.orderID = id
        return taken(id, applied: applied)
    }

    /// What is wrong with the field that should hold the key, and with the body too.
    private func keyRefused(_ problem: Problem, _ exchange: inout Exchange) async throws(Problem) -> Problem {
        try RequestBodyReader.check(exchange)
        let body = try await RequestBodyReader.read(&exchange)
        // Whichever key the body has: the field's is the one that would count.
        guard let refusal = rules.refusal(of: body, key: "") else { return problem }
        guard refusal.code == .validationFailed else { return Problem(refusal) }
        return .invalid(problem.details + refusal.details.filter { $0.field != "idempotencyKey" })
    }

    private func outcome(of request: BusRequest, _ wait: Duration) async -> Result<BusResponse, Problem> {
        do throws(Problem) {
            return .success(try await bus.send(request, waitingFor: wait))
        } catch {
            return .failure(error)
        }
    }

    private func orderID(_ body: [UInt8], _ sentKey: IdempotencyKey?, _ exchange: Exchange) throws(Problem) -> String {
        let key: IdempotencyKey
        do {
            key = try SentBody(body).idempotencyKey(orField: sentKey)
        } catch {
            // The worker's rules find the same fault, and all others.
            throw rules.refusal(of: body, key: sentKey?.text).map { Problem($0) } ?? error
        }
        guard let caller = exchange.caller else { throw .internalError }
        return OrderID(tenant: caller.tenant, clientID: caller.clientID, key: key).description
    }

    private func created(_ reply: BusReply, _ applied: String?, _ exchange: inout Exchange) throws(Problem) -> Answer {
        let id = try createdID(reply)
        exchange.orderID = id
        var answer = Answer(.created, json: reply.body)
        answer.fields[.location] = "/v1/orders/\(id)"
        // The result of a creation is the order's first version, for ever.
        answer.fields[.eTag] = EntityTag(version: 1).description
        if reply.isReplay { answer.fields[.idempotentReplayed] = "true" }
        answer.fields[.preferenceApplied] = applied
        return answer
    }

    /// The order's id in the result of a creation.
    private func createdID(_ reply: BusReply) throws(Problem) -> String {
        // The worker writes it first, so that the rest need not be read.
        if reply.body.starts(with: Self.resultStart) {
            let id = reply.body[Self.resultStart.count...].prefix { HTTPToken.isAlphanumeric($0) || $0 == 0x5f }
            if id.endIndex < reply.body.endIndex, reply.body[id.endIndex] == UInt8(ascii: "\"") {
                return String(decoding: id, as: UTF8.self)
            }
        }
        guard let id = try result(reply).member("orderId")?.asString else { throw .internalError }
        return id
    }

    private static let resultStart = Array("{\"orderId\":\"".utf8)
}
