internal import HTTPTypes
internal import JSON
internal import Orders

extension OrderResponder {
    /// Answers `POST /v1/orders/{id}/cancel`.
    func cancelOrder(_ text: String, _ exchange: inout Exchange) async throws(Problem) -> Answer {
        let authorization = try await admit(&exchange, to: .cancel)
        let id = try orderID(text, &exchange)
        let version = try expectedVersion(exchange)
        if exchange.hasBody { try RequestBodyReader.check(exchange) }
        try bus.check(.cancel)
        let sent = try await RequestBodyReader.read(&exchange)
        let body = try Self.cancellation(of: id, expecting: version, sent)

        let (wait, applied) = preferences(exchange).wait(atMost: configuration.replyTimeout)
        let response = try await bus.send(request(.cancel, body, authorization, exchange), waitingFor: wait)
        if case .replied(let reply) = response, reply.status == 200 {
            var answer = Answer(.ok, json: reply.body)
            answer.fields[.eTag] = try Self.version(of: result(reply))
            if reply.isReplay { answer.fields[.idempotentReplayed] = "true" }
            answer.fields[.preferenceApplied] = applied
            return answer
        }
        return try ending(response, exchange) ?? taken(text, applied: applied)
    }

    /// The one version that `If-Match` names, to be compared where the order is changed.
    private func expectedVersion(_ exchange: Exchange) throws(Problem) -> Int32? {
        guard let versions = condition(.ifMatch, exchange)?.strongVersions else { return nil }
        // Weak tags and those that are not of our making match nothing.
        guard let version = versions.first else { throw .preconditionFailed }
        guard versions.count == 1 else {
            throw .invalid([Violation(field: "If-Match", message: "must name one version")])
        }
        return version
    }

    /// The command's body; the reason goes as it came, to be judged by the worker's rules.
    private static func cancellation(
        of id: OrderID,
        expecting version: Int32?,
        _ sent: [UInt8]
    ) throws(Problem) -> [UInt8] {
        let reason = sent.isEmpty ? nil : try SentBody(sent).root.member("reason")
        var json: [UInt8] = []
        json.appendLiteral("{\"orderId\":")
        json.appendJSONString(id.description)
        if let version {
            json.appendLiteral(",\"expectedVersion\":")
            json.appendJSONInteger(Int(version))
        }
        if let reason {
            json.appendLiteral(",\"reason\":")
            json += reason.text
        }
        json.appendLiteral("}")
        return json
    }

    private static func version(of order: JSONNode) -> String? {
        guard let number = order.member("version")?.asInt64, let version = Int32(exactly: number) else { return nil }
        return EntityTag(version: version).description
    }
}
