internal import Orders
internal import Postgres

/// The gets and lists of one wave.
struct ReadStep {
    private let gets: [(position: Int, key: OrderKey)]
    private let lists: [(position: Int, list: ListOrders, tenant: String)]
    private var found: [OrderKey: StoredOrder] = [:]
    private var pages: [(orders: [StoredOrder], hasMore: Bool)] = []

    init(_ wave: ExecutionPlan.Wave, of requests: [StoreRequest]) {
        gets = wave.gets.compactMap { position in
            guard case .get(let get) = requests[position].command else { return nil }
            return (position, OrderKey(id: get.orderID, tenant: requests[position].caller.tenant))
        }
        lists = wave.lists.compactMap { position in
            guard case .list(let list) = requests[position].command else { return nil }
            return (position, list, requests[position].caller.tenant)
        }
    }

    /// Adds one statement for all gets, and one for each list.
    func add(to batch: inout Batch) {
        if !gets.isEmpty { batch.add(ReadStatements.get, OrderKey.parameters(gets.lazy.map(\.key))) }
        for list in lists {
            batch.add(ReadStatements.list(list.list), ReadStatements.parameters(of: list.list, tenant: list.tenant))
        }
    }

    mutating func received(_ results: inout ArraySlice<Rows>) throws(PostgresError) {
        if !gets.isEmpty, let rows = results.popFirst() {
            for row in rows {
                let order = try ReadStatements.order(row)
                found[OrderKey(id: order.id, tenant: try row.string(ReadStatements.tenantColumn))] = order
            }
        }
        for _ in lists {
            var page: (orders: [StoredOrder], hasMore: Bool) = ([], false)
            if let rows = results.popFirst() {
                for row in rows {
                    page.orders.append(try ReadStatements.order(row))
                    page.hasMore = try row.bool(ReadStatements.hasMoreColumn)
                }
            }
            pages.append(page)
        }
    }

    func finish(_ results: inout [StoreResult?]) {
        for get in gets {
            let outcome = found[get.key].map(CommandOutcome.found) ?? .refused(.orderNotFound)
            results[get.position] = StoreResult(outcome, orderID: get.key.id)
        }
        for (list, page) in zip(lists, pages) {
            var next: ListPosition?
            if page.hasMore, let last = page.orders.last {
                next = ListPosition(createdAt: last.createdAt, orderID: last.id)
            }
            results[list.position] = StoreResult(.listed(page.orders, next: next), orderID: nil)
        }
    }
}
