/// An event in the outbox: committed with its order, not yet confirmed by the broker.
package struct StagedEvent: Sendable, Hashable {
    package let orderID: OrderID
    package let version: Int32
    package let id: EventID
    /// The event type, which is the routing key.
    package let type: String
    /// The CloudEvent in structured JSON, ready to be sent.
    package let payload: [UInt8]
    package let traceparent: String?
    /// An older event of the same order was still in the outbox when this one was committed, so this one must go
    /// out behind it: through an ordered scan, not from memory.
    package let isBehindOlder: Bool

    package init(
        orderID: OrderID,
        version: Int32,
        id: EventID,
        type: String,
        payload: [UInt8],
        traceparent: String?,
        isBehindOlder: Bool
    ) {
        self.orderID = orderID
        self.version = version
        self.id = id
        self.type = type
        self.payload = payload
        self.traceparent = traceparent
        self.isBehindOlder = isBehindOlder
    }

    package var key: StagedEventKey { StagedEventKey(orderID: orderID, version: version) }
}

/// What names a row of the outbox.
///
/// Ordered by order, then version: the order in which a scan publishes.
package struct StagedEventKey: Sendable, Hashable, Comparable {
    package let orderID: OrderID
    package let version: Int32

    package init(orderID: OrderID, version: Int32) {
        self.orderID = orderID
        self.version = version
    }

    package static func < (left: StagedEventKey, right: StagedEventKey) -> Bool {
        (left.orderID, left.version) < (right.orderID, right.version)
    }
}
