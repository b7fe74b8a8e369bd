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
        "\(String(UInt64(bitPattern: createdAt.milliseconds), radix: 36))-\(orderID)"
    }

    /// Reads a cursor; `nil` if it is not one that ``description`` wrote.
    package init?(_ cursor: String) {
        guard let separator = cursor.firstIndex(of: "-"),
            let milliseconds = UInt64(cursor[..<separator], radix: 36),
            let orderID = OrderID(String(cursor[cursor.index(after: separator)...]))
        else { return nil }
        let createdAt = Int64(bitPattern: milliseconds)
        // Year 9999: beyond it the store's own arithmetic would be the one to refuse.
        guard (0...253_402_300_799_999).contains(createdAt) else { return nil }
        self.init(createdAt: Timestamp(milliseconds: createdAt), orderID: orderID)
    }
}
