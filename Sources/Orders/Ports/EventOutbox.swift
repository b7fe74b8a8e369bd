/// The events that were committed with their orders and are not yet known to be published.
package protocol EventOutbox: Sendable {
    /// Reads staged events in the order of their keys.
    ///
    /// - Parameters:
    ///   - after: where the page before ended; `nil` for the first.
    ///   - minimumAge: leaves younger ones to whoever has them in memory.
    ///   - limit: of the page; the bytes of an event that is kept without its payload are those of its order's content.
    func scan(
        after: StagedEventKey?,
        minimumAge: Duration,
        limit: EventLimit
    ) async throws(StoreError) -> OutboxPage

    /// Reads staged events of the orders alone, however young, in the order of their keys.
    func scan(
        orders: [OrderID],
        after: StagedEventKey?,
        limit: EventLimit
    ) async throws(StoreError) -> OutboxPage

    /// Removes events that the broker has confirmed; those already gone are no error.
    func delete(_ keys: [StagedEventKey]) async throws(StoreError)

    /// How many events wait, roughly, and since when the oldest does.
    func statistics() async throws(StoreError) -> OutboxStatistics
}

/// A part of what a scan finds; one event at least, if there is any.
package struct OutboxPage: Sendable, Hashable {
    package let events: [StagedEvent]
    /// Whether there are others behind these.
    package let hasMore: Bool

    package init(events: [StagedEvent], hasMore: Bool) {
        self.events = events
        self.hasMore = hasMore
    }
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
