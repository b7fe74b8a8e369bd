/// A command that was read and passed every rule that needs no store.
package enum Command: Sendable, Hashable {
    case create(NewOrder)
    case cancel(CancelOrder)
    case get(GetOrder)
    case list(ListOrders)

    package var name: CommandName {
        switch self {
        case .create: .create
        case .cancel: .cancel
        case .get: .get
        case .list: .list
        }
    }
}

/// Ends an order that is `PENDING` or `CONFIRMED`.
package struct CancelOrder: Sendable, Hashable {
    package let orderID: OrderID
    /// Free text of at most ``reasonLength`` characters.
    package let reason: String?
    package static let reasonLength = 1024
    /// The version that the caller has seen and means; `nil` is any.
    package let expectedVersion: Int32?
    package static let versions: ClosedRange<Int64> = 1...Int64(Int32.max)

    package init(orderID: OrderID, reason: String?, expectedVersion: Int32? = nil) {
        self.orderID = orderID
        self.reason = reason
        self.expectedVersion = expectedVersion
    }

    /// Why an order in this state cannot be cancelled by this command; `nil` if it can be, or has been by one like it.
    ///
    /// A cancellation raises the version by one: one that is repeated meets its own result, and so does one that names
    /// the version which the order is in since.
    package func refusal(status: OrderStatus, version: Int32) -> Refusal? {
        let isDone = status == .cancelled
        if let expectedVersion, expectedVersion != version, !isDone || expectedVersion != version &- 1 {
            return .otherVersion(version)
        }
        return isDone || status.canBecome(.cancelled) ? nil : .cannotCancel(status)
    }
}

/// Asks for one order of the caller's tenant.
package struct GetOrder: Sendable, Hashable {
    package let orderID: OrderID

    package init(orderID: OrderID) {
        self.orderID = orderID
    }
}

/// Asks for a page of the tenant's orders, newest first.
package struct ListOrders: Sendable, Hashable {
    package static let limits: ClosedRange<Int64> = 1...200
    package static let defaultLimit = 50
    /// A page ends before its limit with the order that takes it over so many bytes of items and metadata.
    ///
    /// With the largest order at its end a page stays below 1 MiB, which every client takes.
    package static let pageByteLimit = 512 * 1024

    package let status: OrderStatus?
    package let customerID: String?
    package let limit: Int
    /// Where the page before ended, or `nil` for the first page.
    package let after: ListPosition?

    package init(status: OrderStatus?, customerID: String?, limit: Int, after: ListPosition?) {
        self.status = status
        self.customerID = customerID
        self.limit = limit
        self.after = after
    }
}
