/// Something that happened to an order, to be told to the world.
package struct OrderEvent: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case created(NewOrder)
        case cancelled(reason: String?)
    }

    package let orderID: OrderID
    /// The order's version that the event led to.
    package let version: Int32
    package let tenant: String
    package let time: Timestamp
    package let traceparent: String?
    package let kind: Kind

    package init(
        orderID: OrderID,
        version: Int32,
        tenant: String,
        time: Timestamp,
        traceparent: String?,
        kind: Kind
    ) {
        self.orderID = orderID
        self.version = version
        self.tenant = tenant
        self.time = time
        self.traceparent = traceparent
        self.kind = kind
    }

    package var type: EventType {
        switch kind {
        case .created: .created
        case .cancelled: .cancelled
        }
    }

    package var id: EventID { EventID(orderID: orderID, version: version) }
}

/// The types of events, which are their routing keys.
package enum EventType: String, Sendable, Hashable, CaseIterable {
    case created = "order.created.v1"
    case cancelled = "order.cancelled.v1"
}
