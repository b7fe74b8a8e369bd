package import Orders

/// Orders in memory, with the semantics of the real store, and faults on demand.
///
/// Several lanes may share one: a batch is done in one step, so that batches take effect one after the other.
package final class InMemoryOrderStore: Sendable {
    struct State: Sendable {
        var table = OrderTable()
        /// What the next calls of `execute` meet, first come first served; `nil` is a call that works.
        var faults: [StoreFault?] = []
        var isAway = false
        var isOutboxAway = false
        var deleteFaults = 0
        var rejectedCustomers: Set<String> = []
        var obstructedCustomers: Set<String> = []
        var isHolding = false
        /// Calls of `execute` that are held.
        var held = 0
        var log = Log()
    }

    /// What the store was asked.
    package struct Log: Sendable {
        /// The size of each batch that was tried, in order.
        package var batchSizes: [Int] = []
        package var pings = 0
        package var scans = 0
    }

    let state: Watched<State>
    let uptime: @Sendable () -> Duration
    private let encoder: any EventEncoder

    /// Makes an empty store.
    ///
    /// - Parameter uptime: tells the age of staged events.
    package init(
        encoder: any EventEncoder = PlainEventEncoder(),
        uptime: @escaping @Sendable () -> Duration = { .zero }
    ) {
        state = Watched(State())
        self.encoder = encoder
        self.uptime = uptime
    }

    package var log: Log { state.current.log }

    /// The ids of all stored orders.
    package var orderIDs: Set<OrderID> { Set(state.current.table.rows.keys) }

    package func status(of id: OrderID) -> OrderStatus? { state.current.table.rows[id]?.status }

    /// Moves an order on, as a later command would, without an event.
    package func setStatus(_ status: OrderStatus, of id: OrderID) {
        state.change { state in
            state.table.rows[id]?.status = status
            state.table.rows[id]?.version += 1
        }
    }

    // MARK: - Faults

    /// Lets the next calls of `execute` fail, one fault a call; `nil` is a call that works.
    package func fail(_ faults: StoreFault?...) {
        fail(faults)
    }

    /// Lets the next calls of `execute` fail, one fault a call; `nil` is a call that works.
    package func fail(_ faults: [StoreFault?]) {
        state.change { $0.faults += faults }
    }

    /// Takes the store away, or gives it back: `execute` and `ping` fail meanwhile.
    package func setAway(_ isAway: Bool) {
        state.change { $0.isAway = isAway }
    }

    /// Takes the outbox alone away, or gives it back.
    package func setOutboxAway(_ isAway: Bool) {
        state.change { $0.isOutboxAway = isAway }
    }

    /// Lets the next deletions from the outbox fail.
    package func failDeletes(_ count: Int) {
        state.change { $0.deleteFaults += count }
    }

    /// Rejects every batch with an order of this customer.
    package func reject(customerID: String) {
        state.change { _ = $0.rejectedCustomers.insert(customerID) }
    }

    /// Puts something in the way of every batch with an order of this customer, or takes it away again.
    package func obstruct(customerID: String, _ isObstructed: Bool = true) {
        state.change { state in
            if isObstructed {
                state.obstructedCustomers.insert(customerID)
            } else {
                state.obstructedCustomers.remove(customerID)
            }
        }
    }

    /// Keeps every call of `execute` waiting before its commit, until `release()`.
    package func hold() {
        state.change { $0.isHolding = true }
    }

    package func release() {
        state.change { $0.isHolding = false }
    }

    /// Waits until so many calls of `execute` are held.
    package func waitUntilHeld(_ count: Int = 1) async {
        await state.wait { $0.isHolding && $0.held >= count ? () : nil }
    }

    /// Waits until what the store was asked fits the condition.
    package func waitForLog(_ condition: @escaping @Sendable (Log) -> Bool) async {
        await state.wait { condition($0.log) ? () : nil }
    }
}

extension InMemoryOrderStore: OrderStore {
    package func execute(_ requests: [StoreRequest]) async throws(StoreError) -> [StoreResult] {
        state.change { state in
            state.log.batchSizes.append(requests.count)
            state.held += 1
        }
        let isReleased: Void? = await state.wait { $0.isHolding ? nil : () }
        let uptime = uptime()
        return try state.change { state throws(StoreError) in
            state.held -= 1
            guard isReleased != nil else { throw StoreError(.unavailable, "The task was cancelled") }
            return try commit(requests, &state, at: uptime)
        }
    }

    private func commit(
        _ requests: [StoreRequest],
        _ state: inout State,
        at uptime: Duration
    ) throws(StoreError) -> [StoreResult] {
        let fault = state.faults.isEmpty ? nil : state.faults.removeFirst()
        if state.isAway || fault == .unavailable { throw StoreError(.unavailable, "The store is away") }
        if fault == .contended { throw StoreError(.contended, "40P01") }
        for request in requests {
            guard case .create(let order) = request.command else { continue }
            // As PostgreSQL does: its text cannot hold NUL.
            if order.customerID.utf8.contains(0) || state.rejectedCustomers.contains(order.customerID) {
                throw StoreError(.rejected, "22021")
            }
            if state.obstructedCustomers.contains(order.customerID) { throw StoreError(.contended, "55P03") }
        }
        let results = requests.map { state.table.apply($0, at: uptime, encoder: encoder) }
        if fault == .unavailableAfterCommit { throw StoreError(.unavailable, "The connection was lost") }
        if fault == .contendedAfterCommit { throw StoreError(.contended, "57014") }
        return results
    }

    package func ping() async throws(StoreError) {
        try state.change { state throws(StoreError) in
            state.log.pings += 1
            if state.isAway { throw StoreError(.unavailable, "The store is away") }
        }
    }
}
