internal import Orders
internal import Postgres

/// The cancellations of one wave: what is asked of the database, and what its answers mean.
struct CancelStep {
    private struct Entry {
        let key: OrderKey
        let position: Int
        let command: CancelOrder
    }

    private struct Found {
        var status: OrderStatus
        var order: CancelledOrder
    }

    private let entries: [Entry]
    private let requests: [StoreRequest]
    private var changes: [CancelStatements.Change] = []
    private var outcomes: [StoreResult?]

    init(_ positions: [Int], of requests: [StoreRequest]) {
        self.requests = requests
        entries = positions.compactMap { position in
            let request = requests[position]
            guard case .cancel(let cancel) = request.command else { return nil }
            let key = OrderKey(id: cancel.orderID, tenant: request.caller.tenant)
            return Entry(key: key, position: position, command: cancel)
        }
        outcomes = Array(repeating: nil, count: entries.count)
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Adds two statements: the lock, and what the outbox still holds of those orders.
    func addLock(to batch: inout Batch) {
        let keys = OrderKey.parameters(entries.lazy.map(\.key))
        batch.add(CancelStatements.lock, keys)
        batch.add(CancelStatements.staged, Array(keys.prefix(1)))
    }

    /// Decides on each cancellation, now that nobody else can change the orders.
    mutating func received(locked: Rows, staged: Rows, encoder: any EventEncoder) throws(PostgresError) {
        var found: [OrderKey: Found] = [:]
        for row in locked {
            let key = OrderKey(id: try row.orderID(0), tenant: try row.string(1))
            let order = CancelledOrder(
                id: key.id,
                createdAt: try row.timestamp(4),
                updatedAt: try row.timestamp(5),
                version: try row.int32(3)
            )
            found[key] = Found(status: try row.status(2), order: order)
        }
        var behind: Set<OrderID> = []
        for row in staged { behind.insert(try row.orderID(0)) }

        for (index, entry) in entries.enumerated() {
            outcomes[index] = decide(entry, &found, behind, encoder)
        }
        changes.sort { $0.event.orderID < $1.event.orderID }
    }

    private mutating func decide(
        _ entry: Entry,
        _ found: inout [OrderKey: Found],
        _ behind: Set<OrderID>,
        _ encoder: any EventEncoder
    ) -> StoreResult {
        let id = entry.key.id
        guard let current = found[entry.key] else { return StoreResult(.refused(.orderNotFound), orderID: id) }
        if let refusal = entry.command.refusal(status: current.status, version: current.order.version) {
            return StoreResult(.refused(refusal), orderID: id)
        }
        if current.status == .cancelled {
            return StoreResult(.cancelled(current.order, isReplay: true), orderID: id)
        }
        let request = requests[entry.position]
        let event = OrderEvent(
            orderID: id,
            version: current.order.version &+ 1,
            tenant: entry.key.tenant,
            time: request.now,
            traceparent: request.traceparent,
            kind: .cancelled(reason: entry.command.reason)
        )
        let staged = StagedEvent(event, payload: encoder.encode(event), isBehindOlder: behind.contains(id))
        let cancelled = CancelledOrder(
            id: id,
            createdAt: current.order.createdAt,
            updatedAt: request.now,
            version: event.version
        )
        found[entry.key] = Found(status: .cancelled, order: cancelled)
        changes.append(
            CancelStatements.Change(
                tenant: entry.key.tenant,
                reason: entry.command.reason,
                at: request.now,
                version: current.order.version,
                event: staged
            )
        )
        return StoreResult(.cancelled(cancelled, isReplay: false), orderID: id, event: staged)
    }

    var hasChanges: Bool { !changes.isEmpty }

    func addChanges(to batch: inout Batch) {
        CancelStatements.add(changes, to: &batch)
    }

    /// Checks that every row was changed; the lock makes anything else impossible but for hands on the database.
    func received(updated: Rows) throws(StoreError) {
        guard updated.affectedRows == changes.count else {
            throw StoreError(.contended, "an order changed while it was locked")
        }
    }

    func finish(_ results: inout [StoreResult?]) {
        for (entry, outcome) in zip(entries, outcomes) { results[entry.position] = outcome }
    }
}
