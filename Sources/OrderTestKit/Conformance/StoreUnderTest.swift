package import Orders

/// A store as a conformance case gets it, with what the ports alone do not offer.
///
/// It may hold other tenants' orders and events: every case makes a tenant of its own.
package struct StoreUnderTest: Sendable {
    package let store: any OrderStore
    /// Another way to the same orders: for a database, another connection.
    package let other: any OrderStore
    package let outbox: any EventOutbox
    /// Moves a stored order on without an event, as a command of the future would.
    package let setStatus: @Sendable (OrderStatus, OrderID) async throws -> Void

    package init(
        store: any OrderStore,
        other: any OrderStore,
        outbox: any EventOutbox,
        setStatus: @escaping @Sendable (OrderStatus, OrderID) async throws -> Void
    ) {
        self.store = store
        self.other = other
        self.outbox = outbox
        self.setStatus = setStatus
    }
}
