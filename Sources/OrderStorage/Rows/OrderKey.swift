internal import Orders
internal import Postgres

/// An order as one tenant may see it.
struct OrderKey: Hashable {
    let id: OrderID
    let tenant: String

    static func == (left: OrderKey, right: OrderKey) -> Bool {
        left.id == right.id && left.tenant.isSameName(as: right.tenant)
    }

    /// Without the tenant: one order has one, and what looks the same need not be the same bytes.
    func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// The keys as the two columns that statements join with, sorted by id and without repetition.
    static func parameters(_ keys: some Sequence<OrderKey>) -> [Parameter] {
        let sorted = Set(keys).sorted { $0.id < $1.id }
        var ids = ArrayColumn(.uuid, capacity: sorted.count)
        var tenants = ArrayColumn(.text, capacity: sorted.count)
        for key in sorted {
            ids.append(uuid: key.id.uuid)
            tenants.append(key.tenant)
        }
        return [.array(ids), .array(tenants)]
    }
}
