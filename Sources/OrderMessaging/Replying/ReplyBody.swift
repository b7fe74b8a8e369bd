internal import JSON
internal import Orders

/// The JSON of results and errors.
enum ReplyBody {
    static func write(_ outcome: CommandOutcome, requestID: String) -> [UInt8] {
        var json: [UInt8] = []
        switch outcome {
        case .created(let order, _):
            json.reserveCapacity(192)
            json.appendHead(order.id, .pending, order.createdAt)
            json.append(UInt8(ascii: "}"))
        case .cancelled(let order, _):
            json.reserveCapacity(256)
            json.appendHead(order.id, .cancelled, order.createdAt)
            json.appendTail(order.updatedAt, order.version)
        case .found(let order):
            json.appendOrder(order)
        case .listed(let orders, let next):
            json.appendLiteral("{\"orders\":[")
            for (index, order) in orders.enumerated() {
                if index > 0 { json.append(UInt8(ascii: ",")) }
                json.appendOrder(order)
            }
            json.append(UInt8(ascii: "]"))
            if let next {
                json.appendLiteral(",\"nextCursor\":")
                json.appendJSONString(next.description)
            }
            json.append(UInt8(ascii: "}"))
        case .refused(let refusal):
            json.appendError(refusal, requestID: requestID)
        }
        return json
    }
}

extension [UInt8] {
    /// What every order in an answer begins with.
    fileprivate mutating func appendHead(_ id: OrderID, _ status: OrderStatus, _ createdAt: Timestamp) {
        let id = id.description
        appendLiteral("{\"orderId\":\"")
        append(contentsOf: id.utf8)
        appendLiteral("\",\"status\":\"")
        append(contentsOf: status.rawValue.utf8)
        appendLiteral("\",\"createdAt\":\"")
        append(contentsOf: createdAt.utf8)
        appendLiteral("\",\"links\":{\"self\":\"/v1/orders/")
        append(contentsOf: id.utf8)
        appendLiteral("\"}")
    }

    /// What an order that may have changed ends with.
    fileprivate mutating func appendTail(_ updatedAt: Timestamp, _ version: Int32) {
        appendLiteral(",\"updatedAt\":\"")
        append(contentsOf: updatedAt.utf8)
        appendLiteral("\",\"version\":")
        appendJSONInteger(Int(version))
        append(UInt8(ascii: "}"))
    }

    fileprivate mutating func appendOrder(_ order: StoredOrder) {
        appendHead(order.id, order.status, order.createdAt)
        appendOrderContent(
            customerID: order.customerID,
            items: order.items,
            currency: order.currency,
            total: order.total,
            metadata: order.metadata
        )
        appendTail(order.updatedAt, order.version)
    }

    /// What was ordered, each member behind a comma.
    mutating func appendOrderContent(
        customerID: String,
        items: [UInt8],
        currency: String,
        total: String,
        metadata: [UInt8]?
    ) {
        appendLiteral(",\"customerId\":")
        appendJSONString(customerID)
        appendLiteral(",\"items\":")
        append(contentsOf: items)
        appendLiteral(",\"totalAmount\":{\"currency\":")
        appendJSONString(currency)
        appendLiteral(",\"value\":")
        appendJSONString(total)
        appendLiteral("},\"metadata\":")
        if let metadata {
            append(contentsOf: metadata)
        } else {
            appendLiteral("{}")
        }
    }

    fileprivate mutating func appendError(_ refusal: Refusal, requestID: String) {
        appendLiteral("{\"error\":{\"code\":\"")
        append(contentsOf: refusal.code.rawValue.utf8)
        appendLiteral("\",\"message\":")
        appendJSONString(refusal.message)
        appendLiteral(",\"details\":")
        appendJSONObjects(refusal.details.map(\.members))
        appendLiteral(",\"correlationId\":")
        appendJSONString(requestID)
        appendLiteral("}}")
    }
}
