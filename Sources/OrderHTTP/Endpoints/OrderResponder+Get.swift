internal import HTTPTypes
internal import JSON
internal import Orders

extension OrderResponder {
    /// Answers `GET /v1/orders/{id}`.
    func getOrder(_ text: String, _ exchange: inout Exchange) async throws(Problem) -> Answer {
        let authorization = try await admit(&exchange, to: .get)
        let id = try orderID(text, &exchange)
        let (ifMatch, ifNoneMatch) = (condition(.ifMatch, exchange), condition(.ifNoneMatch, exchange))
        try bus.check(.get)
        var body: [UInt8] = []
        body.appendLiteral("{\"orderId\":")
        body.appendJSONString(id.description)
        body.appendLiteral("}")
        let reply = try await read(.get, body, authorization, exchange)
        guard reply.status == 200 else { return refused(reply, exchange) }
        guard let number = try result(reply).member("version")?.asInt64, let version = Int32(exactly: number) else {
            throw .internalError
        }
        if let versions = ifMatch?.strongVersions, !versions.contains(version) { throw .preconditionFailed }
        var answer = Answer(.ok, json: reply.body)
        if ifNoneMatch?.matchesWeakly(version) == true { answer = Answer(.notModified) }
        answer.fields[.eTag] = EntityTag(version: version).description
        // To be kept by the caller alone, and shown only after asking again.
        answer.fields[.cacheControl] = "private, no-cache"
        answer.fields[.vary] = "Authorization, Accept"
        return answer
    }

    /// Sends a question and waits for its answer.
    func read(
        _ command: CommandName,
        _ body: [UInt8],
        _ authorization: String,
        _ exchange: Exchange
    ) async throws(Problem) -> BusReply {
        let preferred = preferences(exchange).wait ?? configuration.replyTimeout
        // No wait at all would leave nothing to answer with.
        let wait = max(min(preferred, configuration.replyTimeout), .milliseconds(1))
        switch try await bus.send(request(command, body, authorization, exchange), waitingFor: wait) {
        case .replied(let reply): return reply
        case .taken: throw .unanswered
        case .notTaken, .unknown: throw .unavailable("The order bus is not reachable")
        }
    }
}
