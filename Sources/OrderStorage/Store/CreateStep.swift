internal import Orders
internal import Postgres

/// The creates of one wave: what is asked of the database, and what its answers mean.
struct CreateStep {
    private struct Existing {
        let fingerprint: [UInt8]
        let createdAt: Timestamp
    }

    /// Sorted by id; of the same id, the first request first.
    private let entries: [(id: OrderID, position: Int, order: NewOrder)]
    private let requests: [StoreRequest]
    /// `nil` means all.
    private var inserted: Set<OrderID>?
    private var existing: [OrderID: Existing] = [:]

    init(_ positions: [Int], of requests: [StoreRequest], ids: [OrderID?]) {
        self.requests = requests
        var entries: [(id: OrderID, position: Int, order: NewOrder)] = []
        entries.reserveCapacity(positions.count)
        for position in positions {
            guard let id = ids[position], case .create(let order) = requests[position].command else { continue }
            entries.append((id, position, order))
        }
        entries.sort { ($0.id, $0.position) < ($1.id, $1.position) }
        self.entries = entries
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Adds the insert: each id once.
    func addInsert(to batch: inout Batch) {
        var columns = CreateStatements.Columns(capacity: entries.count)
        var last: OrderID?
        for entry in entries where entry.id != last {
            columns.append(entry.id, entry.order, requests[entry.position])
            last = entry.id
        }
        batch.add(CreateStatements.insert, columns.parameters)
    }

    mutating func received(inserted rows: Rows) throws(PostgresError) {
        var distinct = 0
        var last: OrderID?
        for entry in entries where entry.id != last {
            distinct += 1
            last = entry.id
        }
        guard rows.count != distinct else { return }
        var ids: Set<OrderID> = []
        for row in rows { ids.insert(try row.orderID(0)) }
        inserted = ids
    }

    /// Whether some ids were taken before, and must be looked up.
    var needsLookUp: Bool { inserted != nil }

    func addLookUp(to batch: inout Batch) {
        let missing = entries.lazy.filter { !isInserted($0.id) }
        let keys = missing.map { OrderKey(id: $0.id, tenant: requests[$0.position].caller.tenant) }
        batch.add(CreateStatements.lookUp, OrderKey.parameters(keys))
    }

    mutating func received(existing rows: Rows) throws(PostgresError) {
        for row in rows {
            existing[try row.orderID(0)] = Existing(fingerprint: try row.bytes(1), createdAt: try row.timestamp(2))
        }
    }

    func finish(_ results: inout [StoreResult?], encoder: any EventEncoder) throws(StoreError) {
        var first: (id: OrderID, order: Existing)?
        for entry in entries {
            let isFirst = first?.id != entry.id
            if isFirst, isInserted(entry.id) {
                let request = requests[entry.position]
                first = (entry.id, Existing(fingerprint: entry.order.fingerprint, createdAt: request.now))
                let created = CreatedOrder(id: entry.id, createdAt: request.now)
                results[entry.position] = StoreResult(
                    .created(created, isReplay: false),
                    orderID: entry.id,
                    event: Self.event(entry.id, entry.order, request, encoder)
                )
                continue
            }
            if isFirst {
                guard let order = existing[entry.id] else {
                    throw StoreError(.contended, "an order was there and is gone")
                }
                first = (entry.id, order)
            }
            guard let order = first?.order else { continue }
            let outcome: CommandOutcome =
                order.fingerprint == entry.order.fingerprint
                ? .created(CreatedOrder(id: entry.id, createdAt: order.createdAt), isReplay: true)
                : .refused(.keyReused)
            results[entry.position] = StoreResult(outcome, orderID: entry.id)
        }
    }

    private func isInserted(_ id: OrderID) -> Bool { inserted?.contains(id) ?? true }

    private static func event(
        _ id: OrderID,
        _ order: NewOrder,
        _ request: StoreRequest,
        _ encoder: any EventEncoder
    ) -> StagedEvent {
        let event = OrderEvent(
            orderID: id,
            version: 1,
            tenant: request.caller.tenant,
            time: request.now,
            traceparent: request.traceparent,
            kind: .created(order)
        )
        return StagedEvent(event, payload: encoder.encode(event), isBehindOlder: false)
    }
}
