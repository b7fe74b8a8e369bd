/// What became of a command.
package enum CommandOutcome: Sendable, Hashable {
    /// The order exists; a replay found it already there. Both get the same answer but for the flag.
    case created(CreatedOrder, isReplay: Bool)
    case cancelled(CancelledOrder, isReplay: Bool)
    case found(StoredOrder)
    case listed([StoredOrder], next: ListPosition?)
    case refused(Refusal)

    /// As HTTP counts: 201, 200, or the refusal's.
    package var status: Int {
        switch self {
        case .created: 201
        case .cancelled, .found, .listed: 200
        case .refused(let refusal): refusal.code.status
        }
    }

    package var isReplay: Bool {
        switch self {
        case .created(_, let isReplay), .cancelled(_, let isReplay): isReplay
        case .found, .listed, .refused: false
        }
    }
}

/// What the answer to `order.create.v1` is made of; it never changes once the order exists.
package struct CreatedOrder: Sendable, Hashable {
    package let id: OrderID
    package let createdAt: Timestamp

    package init(id: OrderID, createdAt: Timestamp) {
        self.id = id
        self.createdAt = createdAt
    }
}

/// What the answer to `order.cancel.v1` is made of.
package struct CancelledOrder: Sendable, Hashable {
    package let id: OrderID
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
    package let version: Int32

    package init(id: OrderID, createdAt: Timestamp, updatedAt: Timestamp, version: Int32) {
        self.id = id
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }
}
