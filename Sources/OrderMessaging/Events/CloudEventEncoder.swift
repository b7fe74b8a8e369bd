internal import JSON
package import Orders

/// Writes events as CloudEvents 1.0 in structured JSON.
///
/// Source: CloudEvents JSON Event Format 1.0.2, §3.
package struct CloudEventEncoder: EventEncoder {
    package init() {}

    package func encode(_ event: OrderEvent) -> [UInt8] {
        var json: [UInt8] = []
        json.reserveCapacity(640)
        let orderID = event.orderID.description
        json.appendLiteral("{\"specversion\":\"1.0\",\"id\":\"")
        json.append(contentsOf: event.id.description.utf8)
        json.appendLiteral("\",\"source\":\"/orderbus\",\"type\":\"")
        json.append(contentsOf: event.type.rawValue.utf8)
        json.appendLiteral("\",\"subject\":\"")
        json.append(contentsOf: orderID.utf8)
        json.appendLiteral("\",\"time\":\"")
        json.append(contentsOf: event.time.utf8)
        json.appendLiteral("\",\"datacontenttype\":\"application/json\",\"tenant\":")
        json.appendJSONString(event.tenant)
        if let traceparent = event.traceparent {
            json.appendLiteral(",\"traceparent\":")
            json.appendJSONString(traceparent)
        }
        json.appendLiteral(",\"data\":{\"orderId\":\"")
        json.append(contentsOf: orderID.utf8)
        json.appendLiteral("\",\"version\":")
        json.appendJSONInteger(Int(event.version))
        json.appendData(event)
        json.appendLiteral("}}")
        return json
    }
}

extension [UInt8] {
    fileprivate mutating func appendData(_ event: OrderEvent) {
        switch event.kind {
        case .created(let order):
            appendLiteral(",\"status\":\"PENDING\",\"createdAt\":\"")
            append(contentsOf: event.time.utf8)
            append(UInt8(ascii: "\""))
            appendOrderContent(
                customerID: order.customerID,
                items: order.items,
                currency: order.currency,
                total: order.total.text,
                metadata: order.metadata
            )
        case .cancelled(let reason):
            appendLiteral(",\"status\":\"CANCELLED\",\"cancelledAt\":\"")
            append(contentsOf: event.time.utf8)
            append(UInt8(ascii: "\""))
            if let reason {
                appendLiteral(",\"reason\":")
                appendJSONString(reason)
            }
        }
    }
}
