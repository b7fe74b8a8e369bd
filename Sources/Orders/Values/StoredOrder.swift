/// An order as the store holds it.
package struct StoredOrder: Sendable, Hashable {
    package let id: OrderID
    package let status: OrderStatus
    /// 1 when created, one more with each change.
    package let version: Int32
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
    package let customerID: String
    /// The items as a JSON array, in the spelling that ``NewOrder/items`` was stored with.
    package let items: [UInt8]
    package let currency: String
    /// The total as the producer wrote it.
    package let total: String
    /// A JSON object, or `nil` if the producer gave none.
    package let metadata: [UInt8]?

    package init(
        id: OrderID,
        status: OrderStatus,
        version: Int32,
        createdAt: Timestamp,
        updatedAt: Timestamp,
        customerID: String,
        items: [UInt8],
        currency: String,
        total: String,
        metadata: [UInt8]?
    ) {
        self.id = id
        self.status = status
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.customerID = customerID
        self.items = items
        self.currency = currency
        self.total = total
        self.metadata = metadata
    }
}
