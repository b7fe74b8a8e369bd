/// Where an order is in its life.
///
/// `PENDING` → `CONFIRMED` → `FULFILLED`, and `PENDING` or `CONFIRMED` → `CANCELLED`. The other two end it.
package enum OrderStatus: String, Sendable, Hashable, CaseIterable {
    /// Stored and not yet confirmed. Can transition to `confirmed` and `cancelled`.
    case pending = "PENDING"
    /// Can transition to `fulfilled` and `cancelled`.
    case confirmed = "CONFIRMED"
    /// The end: nothing follows.
    case fulfilled = "FULFILLED"
    /// The end: nothing follows.
    case cancelled = "CANCELLED"

    package var successors: [OrderStatus] {
        switch self {
        case .pending: [.confirmed, .cancelled]
        case .confirmed: [.fulfilled, .cancelled]
        case .fulfilled, .cancelled: []
        }
    }

    package func canBecome(_ next: OrderStatus) -> Bool {
        successors.contains(next)
    }
}
