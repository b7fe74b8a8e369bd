internal import Orders

extension OrderStatus {
    /// The number that the table holds.
    ///
    /// Source: `Migrations/0001_orders.sql`.
    var stored: Int16 {
        switch self {
        case .pending: 0
        case .confirmed: 1
        case .fulfilled: 2
        case .cancelled: 3
        }
    }

    init?(stored: Int16) {
        guard let status = Self.allCases.first(where: { $0.stored == stored }) else { return nil }
        self = status
    }
}
