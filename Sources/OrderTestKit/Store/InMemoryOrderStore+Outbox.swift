package import Orders

extension InMemoryOrderStore: EventOutbox {
    package func scan(
        after: StagedEventKey?,
        minimumAge: Duration,
        limit: EventLimit
    ) async throws(StoreError) -> OutboxPage {
        let uptime = uptime()
        return try state.change { state throws(StoreError) in
            state.log.scans += 1
            try Self.requireOutbox(state)
            let old = state.table.outbox.values.filter { uptime - $0.stagedAt >= minimumAge }
            return Self.page(of: old.map(\.event), after: after, limit: limit)
        }
    }

    package func scan(
        orders: [OrderID],
        after: StagedEventKey?,
        limit: EventLimit
    ) async throws(StoreError) -> OutboxPage {
        let orders = Set(orders)
        return try state.change { state throws(StoreError) in
            try Self.requireOutbox(state)
            let events = state.table.outbox.values.map(\.event).filter { orders.contains($0.orderID) }
            return Self.page(of: events, after: after, limit: limit)
        }
    }

    private static func page(of events: [StagedEvent], after: StagedEventKey?, limit: EventLimit) -> OutboxPage {
        let rest = events.filter { event in after.map { $0 < event.key } ?? true }.sorted { $0.key < $1.key }
        let page = Array(limit.prefix(of: rest))
        return OutboxPage(events: page, hasMore: page.count < rest.count)
    }

    package func delete(_ keys: [StagedEventKey]) async throws(StoreError) {
        try state.change { state throws(StoreError) in
            try Self.requireOutbox(state)
            guard state.deleteFaults == 0 else {
                state.deleteFaults -= 1
                throw StoreError(.unavailable, "The delete failed")
            }
            for key in keys { state.table.outbox[key] = nil }
        }
    }

    package func statistics() async throws(StoreError) -> OutboxStatistics {
        let uptime = uptime()
        return try state.change { state throws(StoreError) in
            try Self.requireOutbox(state)
            let oldest = state.table.outbox.values.map(\.stagedAt).min()
            return OutboxStatistics(count: state.table.outbox.count, oldestAge: oldest.map { uptime - $0 })
        }
    }

    /// What waits in the outbox, in the order of a scan.
    package var staged: [StagedEvent] {
        state.current.table.outbox.values.map(\.event).sorted { $0.key < $1.key }
    }

    /// Stages events without their orders, as if they had been left there by a worker that died.
    package func stage(_ events: StagedEvent...) {
        stage(events)
    }

    /// Stages events without their orders, as if they had been left there by a worker that died.
    package func stage(_ events: [StagedEvent]) {
        let uptime = uptime()
        state.change { state in
            for event in events { state.table.outbox[event.key] = OrderTable.Staged(event: event, stagedAt: uptime) }
        }
    }

    /// Waits until nothing is left in the outbox.
    package func waitUntilOutboxIsEmpty() async {
        await state.wait { $0.table.outbox.isEmpty ? () : nil }
    }

    private static func requireOutbox(_ state: State) throws(StoreError) {
        if state.isOutboxAway { throw StoreError(.unavailable, "The outbox is away") }
    }
}
