/// An order as a producer wrote it, field by field, with whatever is wrong in it.
package struct OrderDraft: Sendable {
    package var idempotencyKey: Field<String>
    package var customerID: Field<String>
    package var items: Field<[Field<ItemDraft>]>
    package var total: Field<TotalDraft>
    package var metadata: Field<MetadataDraft>

    package init(
        idempotencyKey: Field<String>,
        customerID: Field<String>,
        items: Field<[Field<ItemDraft>]>,
        total: Field<TotalDraft>,
        metadata: Field<MetadataDraft>
    ) {
        self.idempotencyKey = idempotencyKey
        self.customerID = customerID
        self.items = items
        self.total = total
        self.metadata = metadata
    }
}

package struct ItemDraft: Sendable {
    package var sku: Field<String>
    /// An integer however spelled (`2`, `2.0`); a number that is none, or too large for 64 bits, is `.wrongType`.
    package var quantity: Field<Int64>
    package var unitPrice: Field<String>

    package init(sku: Field<String>, quantity: Field<Int64>, unitPrice: Field<String>) {
        self.sku = sku
        self.quantity = quantity
        self.unitPrice = unitPrice
    }
}

package struct TotalDraft: Sendable {
    package var currency: Field<String>
    package var value: Field<String>

    package init(currency: Field<String>, value: Field<String>) {
        self.currency = currency
        self.value = value
    }
}

/// What the rules want to know of the metadata, which is otherwise the producer's own business.
package struct MetadataDraft: Sendable {
    package var byteCount: Int
    /// `{}` has one level, `{"a": {}}` two.
    package var levels: Int

    package init(byteCount: Int, levels: Int) {
        self.byteCount = byteCount
        self.levels = levels
    }
}
