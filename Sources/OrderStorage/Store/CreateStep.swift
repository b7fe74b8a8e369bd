internal import Orders
internal import Postgres

/// The creates of one wave: what is asked of the database, and what its answers mean.
struct CreateStep {
    /// Small, because it is sorted; the order itself stays with its request.
    private struct Entry {
        let id: OrderID
        let position: Int
    }

    private struct Existing {
        let fingerprint: [UInt8]
        let createdAt: Timestamp
    }

    /// Sorted by id; of the same id, the first request first.
    private let entries: [Entry]
    private let requests: [StoreRequest]
    /// `nil` means all.
    private var inserted: Set<OrderID>?
    private var existing: [OrderID: Existing] = [:]

    init(_ positions: [Int], of requests: [StoreRequest], ids: [OrderID?]) {
        self.requests = requests
        entries =
            positions
            .compactMap { position in ids[position].map { Entry(id: $0, position: position) } }
            .sorted { ($0.id, $0.position) < ($1.id, $1.position) }
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Adds the insert: each id once.
    func addInsert(to batch: inout Batch) {
        var columns = CreateStatements.Columns(capacity: entries.count)
        var last: OrderID?
        for entry in entries where entry.id != last {
            let request = requests[entry.position]
            guard case .create(let order) = request.command else { continue }
            columns.append(entry.id, order, request)
            last = entry.id
        }
        columns.addInsert(to: &batch)
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
            let request = requests[entry.position]
            guard case .create(let order) = request.command else { continue }
            if first?.id != entry.id {
                if isInserted(entry.id) {
                    first = (entry.id, Existing(fingerprint: order.fingerprint, createdAt: request.now))
                    results[entry.position] = Self.created(entry.id, order, request, encoder)
                    continue
                }
                guard let known = existing[entry.id] else {
                    throw StoreError(.contended, "an order was there and is gone")
                }
                first = (entry.id, known)
            }
            guard let known = first?.order else { continue }
            let outcome: CommandOutcome =
                known.fingerprint == order.fingerprint
                ? .created(CreatedOrder(id: entry.id, createdAt: known.createdAt), isReplay: true)
                : .refused(.keyReused)
            results[entry.position] = StoreResult(outcome, orderID: entry.id)
        }
    }

    private func isInserted(_ id: OrderID) -> Bool { inserted?.contains(id) ?? true }

    private static func created(
        _ id: OrderID,
        _ order: NewOrder,
        _ request: StoreRequest,
        _ encoder: any EventEncoder
    ) -> StoreResult {
        let event = OrderEvent(
            orderID: id,
            version: 1,
            tenant: request.caller.tenant,
            time: request.now,
            traceparent: request.traceparent,
            kind: .created(order)
        )
        return StoreResult(
            .created(CreatedOrder(id: id, createdAt: request.now), isReplay: false),
            orderID: id,
            event: StagedEvent(event, payload: encoder.encode(event), isBehindOlder: false)
        )
    }
}
