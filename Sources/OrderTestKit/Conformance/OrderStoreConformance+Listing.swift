internal import Orders
internal import Testing

extension OrderStoreConformance {
    static let listing = [
        ConformanceCase("a list shows the newest first", listShowsNewestFirst),
        ConformanceCase("a list shows the tenant's own orders alone", listShowsOwnOrders),
        ConformanceCase("a list filters by status and customer", listFilters),
        ConformanceCase("pages meet without gap or double while orders come in", pagesAreStable),
        ConformanceCase("pages go through orders of one moment", pagesOfOneMoment),
        ConformanceCase("an empty list has no next page", emptyList),
        ConformanceCase("a page of large orders ends early", largeOrders),
    ]

    private static func list(
        _ status: OrderStatus? = nil,
        customerID: String? = nil,
        limit: Int = 50,
        after: ListPosition? = nil
    ) -> Command {
        .list(ListOrders(status: status, customerID: customerID, limit: limit, after: after))
    }

    private static func page(
        _ tenant: Tenant,
        _ command: Command
    ) async throws -> (orders: [StoredOrder], next: ListPosition?) {
        let result = try #require(try await tenant.execute(command).first)
        #expect(result.event == nil)
        return try #require(result.page)
    }

    /// All orders that match, over pages of the limit; `between` runs after each page.
    private static func pages(
        _ tenant: Tenant,
        limit: Int,
        between: (Int) async throws -> Void = { _ in }
    ) async throws -> [OrderID] {
        var ids: [OrderID] = []
        var after: ListPosition?
        for number in 1...100 {
            let page = try await page(tenant, list(limit: limit, after: after))
            #expect(page.orders.count <= limit)
            ids += page.orders.map(\.id)
            guard let next = page.next else { return ids }
            // As a caller does: the position goes out as a cursor and comes back.
            let position = try #require(ListPosition(next.description))
            after = position
            try await between(number)
        }
        Issue.record("the pages do not end")
        return ids
    }

    @Sendable private static func largeOrders(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let item = #"{"sku":"\#(String(repeating: "s", count: 64))","quantity":1}"#
        let items = Array("[\(Array(repeating: item, count: 1000).joined(separator: ","))]".utf8)
        let count = 2 * ListOrders.pageByteLimit / items.count
        for number in 0..<count {
            let plain = Sample.order(key: "large-\(number)")
            let order = NewOrder(
                key: plain.key,
                customerID: plain.customerID,
                currency: plain.currency,
                total: plain.total,
                items: items,
                metadata: nil,
                fingerprint: plain.fingerprint
            )
            try await tenant.execute(.create(order), atSecond: Int64(number))
        }
        let first = try await page(tenant, list(limit: 200))
        let byteCount = first.orders.reduce(0) { $0 + $1.items.count }
        #expect((ListOrders.pageByteLimit..<ListOrders.pageByteLimit + items.count).contains(byteCount))
        #expect(try await pages(tenant, limit: 200) == (0..<count).reversed().map { tenant.orderID("large-\($0)") })
    }

    @Sendable private static func listShowsNewestFirst(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        for second in [3, 1, 2] as [Int64] {
            try await tenant.execute(Sample.create("at-\(second)"), atSecond: second)
        }
        let page = try await page(tenant, list())
        #expect(page.orders.map(\.id) == ["at-3", "at-2", "at-1"].map(tenant.orderID))
        #expect(page.next == nil)
        #expect(page.orders.first == (try await tenant.stored("at-3")))
    }

    @Sendable private static func listShowsOwnOrders(_ subject: StoreUnderTest) async throws {
        let (owner, stranger) = (Tenant(subject), Tenant(subject))
        try await owner.execute(Sample.create("mine"))
        try await stranger.execute(Sample.create("theirs"))
        #expect(try await page(owner, list()).orders.map(\.id) == [owner.orderID("mine")])
    }

    @Sendable private static func listFilters(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("a-pending", customerID: "a"), atSecond: 1)
        try await tenant.execute(Sample.create("a-cancelled", customerID: "a"), atSecond: 2)
        try await tenant.execute(Sample.create("b-cancelled", customerID: "b"), atSecond: 3)
        try await tenant.execute(tenant.cancel("a-cancelled"), tenant.cancel("b-cancelled"), atSecond: 4)
        let cancelled = try await page(tenant, list(.cancelled))
        #expect(cancelled.orders.map(\.id) == ["b-cancelled", "a-cancelled"].map(tenant.orderID))
        let ofA = try await page(tenant, list(customerID: "a"))
        #expect(ofA.orders.map(\.id) == ["a-cancelled", "a-pending"].map(tenant.orderID))
        let both = try await page(tenant, list(.cancelled, customerID: "a"))
        #expect(both.orders.map(\.id) == [tenant.orderID("a-cancelled")])
        #expect(try await page(tenant, list(.confirmed)).orders.isEmpty)
        let firstOfA = try await page(tenant, list(customerID: "a", limit: 1))
        let restOfA = try await page(tenant, list(customerID: "a", limit: 1, after: firstOfA.next))
        #expect(restOfA.orders.map(\.id) == [tenant.orderID("a-pending")])
        #expect(restOfA.next == nil)
    }

    @Sendable private static func pagesAreStable(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let keys = (0..<7).map { "order-\($0)" }
        for (second, key) in keys.enumerated() {
            try await tenant.execute(Sample.create(key), atSecond: Int64(second))
        }
        let ids = try await pages(tenant, limit: 2) { number in
            try await tenant.execute(Sample.create("late-\(number)"), atSecond: 100 + Int64(number))
        }
        #expect(ids == keys.reversed().map(tenant.orderID))
    }

    @Sendable private static func pagesOfOneMoment(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let keys = (0..<9).map { "order-\($0)" }
        try await tenant.execute(keys.map { tenant.request(Sample.create($0)) })
        let ids = try await pages(tenant, limit: 3)
        #expect(ids.count == keys.count)
        #expect(Set(ids) == Set(keys.map(tenant.orderID)))
    }

    @Sendable private static func emptyList(_ subject: StoreUnderTest) async throws {
        let page = try await page(Tenant(subject), list())
        #expect(page.orders.isEmpty)
        #expect(page.next == nil)
    }
}
