internal import HTTPTypes
internal import HummingbirdCore
internal import JSON
internal import Orders

extension OrderResponder {
    /// Answers `GET /v1/orders`.
    func listOrders(_ exchange: inout Exchange) async throws(Problem) -> Answer {
        let authorization = try await admit(&exchange, to: .list)
        let filter = try ListFilter(query: exchange.request.uri.query)
        try bus.check(.list)
        let reply = try await read(.list, filter.body, authorization, exchange)
        guard reply.status == 200 else { return refused(reply, exchange) }
        var answer = Answer(.ok, json: reply.body)
        if let cursor = try result(reply).member("nextCursor")?.asString {
            answer.fields[.link] = "</v1/orders?\(filter.query(cursor: cursor))>; rel=\"next\""
        }
        return answer
    }
}
