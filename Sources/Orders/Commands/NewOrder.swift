/// An order that passed every rule and is ready to be stored.
package struct NewOrder: Sendable, Hashable {
    package let key: IdempotencyKey
    package let customerID: String
    package let currency: String
    package let total: Amount
    /// The items as a JSON array: `sku`, `quantity` and, on all or none, `unitPrice`.
    ///
    /// Kept as bytes because nothing computes with items once the rules have passed.
    package let items: [UInt8]
    /// The metadata as canonical JSON, or `nil` if none was given.
    package let metadata: [UInt8]?
    /// SHA-256 over the canonical form of the fields: the same for any white space and member order.
    ///
    /// 32 bytes.
    package let fingerprint: [UInt8]

    package init(
        key: IdempotencyKey,
        customerID: String,
        currency: String,
        total: Amount,
        items: [UInt8],
        metadata: [UInt8]?,
        fingerprint: [UInt8]
    ) {
        self.key = key
        self.customerID = customerID
        self.currency = currency
        self.total = total
        self.items = items
        self.metadata = metadata
        self.fingerprint = fingerprint
    }
}
