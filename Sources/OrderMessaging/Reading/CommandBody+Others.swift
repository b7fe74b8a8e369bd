internal import JSON
internal import Orders

extension CommandBody {
    /// Reads `order.cancel.v1`.
    func cancelOrder() throws(Refusal) -> CancelOrder {
        var violations: [Violation] = []
        let orderID = readOrderID(&violations)
        var reason: String?
        switch text("reason") {
        case .missing:
            break
        case .value(let text) where text.unicodeScalars.count <= CancelOrder.reasonLength && !text.utf8.contains(0):
            reason = text
        case .value, .wrongType:
            violations.append(
                Violation(
                    field: "reason",
                    message: "must be a string of at most \(CancelOrder.reasonLength) characters, none of them NUL"
                )
            )
        }
        let version = readInteger("expectedVersion", CancelOrder.versions, &violations)
        guard violations.isEmpty, let orderID else { throw Self.refusal(violations) }
        return CancelOrder(orderID: orderID, reason: reason, expectedVersion: version.flatMap(Int32.init(exactly:)))
    }

    /// Reads `order.get.v1`: by id, or by the key that the caller itself used.
    func getOrder(headerKey: CommandHeaders.Text, caller: Caller) throws(Refusal) -> GetOrder {
        var violations: [Violation] = []
        if case .missing = text("orderId") {
            let (key, disagrees) = idempotencyKey(headerKey)
            switch key {
            case .value(let text) where !disagrees:
                if let key = IdempotencyKey(text) {
                    return GetOrder(orderID: OrderID(tenant: caller.tenant, clientID: caller.clientID, key: key))
                }
                violations.append(
                    Violation(field: "idempotencyKey", message: "must be 10 to 255 visible ASCII characters")
                )
            case .value, .wrongType:
                violations.append(
                    Violation(field: "idempotencyKey", message: "must be one string, the same in header and body")
                )
            case .missing:
                violations.append(Violation(field: "orderId", message: "is required, or idempotencyKey instead"))
            }
            throw Self.refusal(violations)
        }
        guard let orderID = readOrderID(&violations) else { throw Self.refusal(violations) }
        return GetOrder(orderID: orderID)
    }

    /// Reads `order.list.v1`.
    func listOrders() throws(Refusal) -> ListOrders {
        var violations: [Violation] = []
        let status = readOptional("status", &violations, OrderStatus.init(rawValue:)) {
            "must be one of \(OrderStatus.allCases.map(\.rawValue).joined(separator: ", "))"
        }
        let lengths = OrderRules.customerIDLengths
        let customerID = readOptional("customerId", &violations) { text in
            lengths.contains(text.unicodeScalars.count) && !text.utf8.contains(0) ? text : nil
        } message: {
            "must have \(lengths.lowerBound) to \(lengths.upperBound) characters, none of them NUL"
        }
        let after = readOptional("cursor", &violations, ListPosition.init(_:)) {
            "must be the nextCursor of an earlier page"
        }
        let limit = readInteger("limit", ListOrders.limits, &violations).map(Int.init) ?? ListOrders.defaultLimit
        guard violations.isEmpty else { throw Self.refusal(violations) }
        return ListOrders(status: status, customerID: customerID, limit: limit, after: after)
    }

    private func readInteger(
        _ name: StaticString,
        _ range: ClosedRange<Int64>,
        _ violations: inout [Violation]
    ) -> Int64? {
        guard let node = root.member(name) else { return nil }
        if let number = node.asInt64, range.contains(number) { return number }
        let message = "must be an integer from \(range.lowerBound) to \(range.upperBound)"
        violations.append(Violation(field: "\(name)", message: message))
        return nil
    }

    private func readOptional<Value>(
        _ name: StaticString,
        _ violations: inout [Violation],
        _ read: (String) -> Value?,
        message: () -> String
    ) -> Value? {
        switch text(name) {
        case .missing:
            return nil
        case .value(let text):
            if let value = read(text) { return value }
        case .wrongType:
            break
        }
        violations.append(Violation(field: "\(name)", message: message()))
        return nil
    }

    private func readOrderID(_ violations: inout [Violation]) -> OrderID? {
        switch text("orderId") {
        case .missing:
            violations.append(Violation(field: "orderId", message: "is required"))
        case .value(let text):
            if let id = OrderID(text) { return id }
            fallthrough
        case .wrongType:
            violations.append(
                Violation(field: "orderId", message: "must be ord_ and 26 lower-case Crockford base32 digits")
            )
        }
        return nil
    }

    private static func refusal(_ violations: [Violation]) -> Refusal {
        Refusal(.validationFailed, "The command breaks the rules listed in details", details: violations)
    }
}
