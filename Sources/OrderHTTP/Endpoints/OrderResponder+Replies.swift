internal import HTTPTypes
internal import HummingbirdCore
internal import JSON
internal import Orders

extension OrderResponder {
    /// A worker's refusal as HTTP says it.
    func refused(_ reply: BusReply, _ exchange: Exchange) -> Answer {
        guard var problem = Problem(status: reply.status, contractBody: reply.body) else {
            return Answer(.internalError, requestID: exchange.requestID, asProblem: exchange.accept.wantsProblems)
        }
        switch reply.status {
        case 401: problem = .tokenRefused(Refusal(.invalidToken, problem.message))
        case 403: if let scope = commandScope(exchange) { problem = .scopeMissing(scope) }
        case 429, 503, 504: problem.fields[.retryAfter] = "1"
        default: break
        }
        guard exchange.accept.wantsProblems else {
            // The worker's own bytes, so that an error is the same on both ways.
            var answer = Answer(problem.status, json: reply.body)
            answer.fields.append(contentsOf: problem.fields)
            answer.code = problem.code
            return answer
        }
        return Answer(problem, requestID: exchange.requestID, asProblem: true)
    }

    private func commandScope(_ exchange: Exchange) -> Scope? {
        switch exchange.request.method {
        case .post: .ordersWrite
        default: .ordersRead
        }
    }

    /// The object in a worker's result.
    func result(_ reply: BusReply) throws(Problem) -> JSONNode {
        guard let root = try? JSONDocument(parsing: reply.body, limits: JSONLimits(maxBytes: Self.longestReply)).root,
            root.kind == .object
        else { throw .internalError }
        return root
    }

    /// More than any page of orders has; those of earlier workers may have 200 orders of 256 KiB.
    private static var longestReply: Int { 64 << 20 }

    /// What to say when the command was taken and its outcome is not known yet.
    func taken(_ id: String, applied: String?) -> Answer {
        var json: [UInt8] = []
        json.appendLiteral("{\"orderId\":\"")
        json.append(contentsOf: id.utf8)
        json.appendLiteral("\",\"outcome\":\"UNKNOWN\",\"message\":")
        json.appendJSONString(
            "The command was taken; whether it was carried out or refused is not known yet. "
                + "Send the same request again, with the same key, for its outcome."
        )
        json.appendLiteral(",\"links\":{\"self\":\"/v1/orders/")
        json.append(contentsOf: id.utf8)
        json.appendLiteral("\"}}")
        var answer = Answer(.accepted, json: json)
        answer.fields[.location] = "/v1/orders/\(id)"
        answer.fields[.retryAfter] = "1"
        answer.fields[.preferenceApplied] = applied
        return answer
    }

    /// The answer that all replies but the expected one lead to.
    ///
    /// - Returns: `nil` where the command was taken and not answered.
    func ending(_ response: BusResponse, _ exchange: Exchange) throws(Problem) -> Answer? {
        switch response {
        case .replied(let reply): refused(reply, exchange)
        case .taken: nil
        case .notTaken(let reason): throw .unavailable("\(Problem.busAway): \(reason)")
        case .unknown: throw exchange.request.method == .post ? .outcomeUnknown : .unanswered
        }
    }
}
