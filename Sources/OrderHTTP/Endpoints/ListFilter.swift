internal import JSON
internal import Orders

/// What `GET /v1/orders` is asked for, in the order in which the next page's link names it.
struct ListFilter {
    private let status: String?
    private let customerID: String?
    private let limit: Int64?
    private let cursor: String?

    /// Reads the query; parameters that are not known are passed over.
    ///
    /// - Throws: every rule that is broken, by the rules of the command itself.
    init(query: String?) throws(Problem) {
        let query = try Self.parsed(query)
        var violations: [Violation] = []
        status = Self.one("status", query, &violations) {
            OrderStatus(rawValue: $0)?.rawValue
        } message: {
            "must be one of \(OrderStatus.allCases.map(\.rawValue).joined(separator: ", "))"
        }
        let lengths = OrderRules.customerIDLengths
        customerID = Self.one("customerId", query, &violations) { text in
            lengths.contains(text.unicodeScalars.count) && !text.utf8.contains(0) ? text : nil
        } message: {
            "must have \(lengths.lowerBound) to \(lengths.upperBound) characters, none of them NUL"
        }
        let limits = ListOrders.limits
        limit = Self.one("limit", query, &violations) { text in
            Int64(text).flatMap { limits.contains($0) && String($0) == text ? $0 : nil }
        } message: {
            "must be an integer from \(limits.lowerBound) to \(limits.upperBound)"
        }
        cursor = Self.one("cursor", query, &violations) {
            ListPosition($0).map { _ in query.values(of: "cursor")[0] }
        } message: {
            "must be the nextCursor of an earlier page"
        }
        guard violations.isEmpty else { throw .invalid(violations) }
    }

    private static func parsed(_ query: String?) throws(Problem) -> QueryString {
        do {
            return try QueryString(query)
        } catch {
            throw .malformed("The query is not percent-encoded UTF-8")
        }
    }

    private static func one<Value>(
        _ name: String,
        _ query: QueryString,
        _ violations: inout [Violation],
        _ read: (String) -> Value?,
        message: () -> String
    ) -> Value? {
        let values = query.values(of: name)
        guard let text = values.first else { return nil }
        guard values.count == 1 else {
            violations.append(Violation(field: name, message: "must be given once"))
            return nil
        }
        if let value = read(text) { return value }
        violations.append(Violation(field: name, message: message()))
        return nil
    }

    /// The body of `order.list.v1`.
    var body: [UInt8] {
        var json: [UInt8] = []
        func append(_ name: StaticString, _ write: (inout [UInt8]) -> Void) {
            json.appendLiteral(json.isEmpty ? "{\"" : ",\"")
            json.appendLiteral(name)
            json.appendLiteral("\":")
            write(&json)
        }
        if let status { append("status") { $0.appendJSONString(status) } }
        if let customerID { append("customerId") { $0.appendJSONString(customerID) } }
        if let limit { append("limit") { $0.appendJSONInteger(Int(limit)) } }
        if let cursor { append("cursor") { $0.appendJSONString(cursor) } }
        json.appendLiteral(json.isEmpty ? "{}" : "}")
        return json
    }

    /// The query of the page that begins at a cursor.
    func query(cursor: String) -> String {
        var parts: [String] = []
        if let status { parts.append("status=\(status)") }
        if let customerID { parts.append("customerId=\(QueryString.encoded(customerID))") }
        if let limit { parts.append("limit=\(limit)") }
        parts.append("cursor=\(QueryString.encoded(cursor))")
        return parts.joined(separator: "&")
    }
}
