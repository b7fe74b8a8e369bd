import Orders

/// Writes what a test wants to see of an event.
struct TestEncoder: EventEncoder {
    func encode(_ event: OrderEvent) -> [UInt8] {
        var text = "\(event.type.rawValue) \(event.orderID) \(event.version) \(event.tenant) \(event.time)"
        switch event.kind {
        case .created(let order):
            text += " \(order.key.text) \(order.customerID) \(order.currency) \(order.total.text)"
            text += " \(String(decoding: order.items, as: UTF8.self))"
            text += " \(order.metadata.map { String(decoding: $0, as: UTF8.self) } ?? "-")"
        case .cancelled(let reason): text += " \(reason ?? "-")"
        }
        return Array(text.utf8)
    }
}
