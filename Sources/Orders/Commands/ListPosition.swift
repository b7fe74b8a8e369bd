/// The last order of a page, from which the next page goes on.
package struct ListPosition: Sendable, Hashable {
    package let createdAt: Timestamp
    package let orderID: OrderID

    package init(createdAt: Timestamp, orderID: OrderID) {
        self.createdAt = createdAt
        self.orderID = orderID
    }
}

extension ListPosition: CustomStringConvertible {
    /// The cursor that callers see: opaque to them, so its form may change.
    package var description: String {
        PageCursor.text(createdAt, "\(orderID)")
    }

    /// Reads a cursor; `nil` if it is not one that ``description`` wrote.
    package init?(_ cursor: String) {
        guard let (createdAt, text) = PageCursor.parts(cursor), let orderID = OrderID(text) else { return nil }
        self.init(createdAt: createdAt, orderID: orderID)
    }
}
