internal import Orders

extension StagedEvent {
    init(_ event: OrderEvent, payload: [UInt8], isBehindOlder: Bool) {
        self.init(
            orderID: event.orderID,
            version: event.version,
            id: event.id,
            type: event.type.rawValue,
            payload: payload,
            traceparent: event.traceparent,
            isBehindOlder: isBehindOlder
        )
    }
}
