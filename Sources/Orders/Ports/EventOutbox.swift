/// The events that were committed with their orders and are not yet known to be published.
package protocol EventOutbox: Sendable {
    /// Reads staged events in the order of their keys.
    ///
    /// - Parameters:
    ///   - after: where the page before ended; `nil` for the first.
    ///   - minimumAge: leaves younger ones to whoever has them in memory.
    ///   - limit: at most so many; fewer means that the end was reached.
    func scan(
        after: StagedEventKey?,
        minimumAge: Duration,
        limit: Int
    ) async throws(StoreError) -> [StagedEvent]

    /// Reads all staged events of the orders, by order and version.
    func scan(orders: [OrderID]) async throws(StoreError) -> [StagedEvent]

    /// Removes events that the broker has confirmed; those already gone are no error.
    func delete(_ keys: [StagedEventKey]) async throws(StoreError)

    /// How many events wait, roughly, and since when the oldest does.
    func statistics() async throws(StoreError) -> OutboxStatistics
}

/// How full the outbox is.
package struct OutboxStatistics: Sendable, Hashable {
    package let count: Int
    /// `nil` if there is none.
    package let oldestAge: Duration?

    package init(count: Int, oldestAge: Duration?) {
        self.count = count
        self.oldestAge = oldestAge
    }
}
