internal import Orders
internal import Testing

extension OrderStoreConformance {
    static let creating = [
        ConformanceCase("a create stores the order as it was given", createStoresTheOrder),
        ConformanceCase("a replay gives the first result and no event", replayGivesTheFirstResult),
        ConformanceCase("a replay is not affected by what became of the order", replayIgnoresLaterStatus),
        ConformanceCase("a key used for other content is refused", reusedKeyIsRefused),
        ConformanceCase("a key belongs to its tenant and client", keyBelongsToItsClient),
        ConformanceCase("the same create twice in a batch makes one order", sameCreateTwiceInABatch),
        ConformanceCase("a key reused within a batch is refused", keyReusedWithinABatch),
        ConformanceCase("a rejected batch leaves nothing behind", rejectedBatchLeavesNothing),
        ConformanceCase("a large batch gives each its own result", largeBatch),
    ]

    @Sendable private static func createStoresTheOrder(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let result = try #require(try await tenant.execute(Sample.create("first")).first)
        let id = tenant.orderID("first")
        #expect(result.outcome == .created(CreatedOrder(id: id, createdAt: Sample.moment), isReplay: false))
        #expect(result.orderID == id)
        let order = try #require(try await tenant.stored("first"))
        let given = Sample.order(key: "first")
        #expect(order.status == .pending)
        #expect(order.version == 1)
        #expect(order.createdAt == Sample.moment)
        #expect(order.updatedAt == Sample.moment)
        #expect(order.customerID == given.customerID)
        #expect(order.currency == given.currency)
        #expect(order.total == "25.50")
        #expect(order.items == given.items)
        #expect(order.metadata == given.metadata)
    }

    @Sendable private static func replayGivesTheFirstResult(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let first = try #require(try await tenant.execute(Sample.create("first")).first)
        let again = try #require(try await tenant.execute(Sample.create("first"), atSecond: 60).first)
        #expect(again.createdOrder == first.createdOrder)
        #expect(again.outcome.isReplay)
        #expect(again.orderID == first.orderID)
        #expect(again.event == nil)
        #expect(try await tenant.events("first").count == 1)
    }

    @Sendable private static func replayIgnoresLaterStatus(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let first = try #require(try await tenant.execute(Sample.create("first")).first)
        try await tenant.execute(tenant.cancel("first"), atSecond: 5)
        let again = try #require(try await tenant.execute(Sample.create("first"), atSecond: 9).first)
        #expect(again.createdOrder == first.createdOrder)
        #expect(again.outcome.isReplay)
        #expect(try await tenant.stored("first")?.status == .cancelled)
    }

    @Sendable private static func reusedKeyIsRefused(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("first"))
        let other = try #require(try await tenant.execute(Sample.create("first", total: "9.99"), atSecond: 5).first)
        #expect(other.refusalCode == .idempotencyKeyReused)
        #expect(other.event == nil)
        #expect(try await tenant.stored("first")?.total == "25.50")
        #expect(try await tenant.events("first").count == 1)
    }

    @Sendable private static func keyBelongsToItsClient(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let colleague = Sample.caller(tenant: tenant.caller.tenant, clientID: "another")
        let results = try await tenant.execute([
            tenant.request(Sample.create("shared")),
            Sample.request(Sample.create("shared", total: "1.00"), caller: colleague),
            Sample.request(Sample.create("shared", total: "2.00"), caller: Tenant(subject).caller),
        ])
        #expect(results.map(\.outcome.status) == [201, 201, 201])
        #expect(Set(results.map(\.orderID)).count == 3)
    }

    @Sendable private static func sameCreateTwiceInABatch(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let results = try await tenant.execute(
            Sample.create("twice"),
            Sample.create("other"),
            Sample.create("twice")
        )
        #expect(results.map(\.outcome.status) == [201, 201, 201])
        #expect(results.map(\.outcome.isReplay) == [false, false, true])
        #expect(results.first?.createdOrder == results.last?.createdOrder)
        #expect(results.map { $0.event != nil } == [true, true, false])
        #expect(try await tenant.events("twice").count == 1)
    }

    @Sendable private static func keyReusedWithinABatch(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let results = try await tenant.execute(
            Sample.create("first", total: "1.00"),
            Sample.create("first", total: "2.00"),
            Sample.create("first", total: "1.00")
        )
        #expect(results.map(\.outcome.status) == [201, 409, 201])
        #expect(results.map(\.outcome.isReplay) == [false, false, true])
        #expect(try await tenant.stored("first")?.total == "1.00")
    }

    @Sendable private static func rejectedBatchLeavesNothing(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("before"))
        // No rule lets NUL pass; a store that cannot hold it must say so and do nothing.
        let poison = Sample.create("poison", customerID: "cust\0")
        let error = await #expect(throws: StoreError.self) {
            try await tenant.execute(Sample.create("good"), tenant.cancel("before"), poison)
        }
        #expect(error?.kind == .rejected)
        #expect(try await tenant.stored("good") == nil)
        #expect(try await tenant.stored("before")?.status == .pending)
        #expect(try await tenant.events("good", "poison").isEmpty)
        #expect(try await tenant.events("before").count == 1)
        let rest = try await tenant.execute(Sample.create("good"), tenant.cancel("before"))
        #expect(rest.map(\.outcome.status) == [201, 200])
    }

    @Sendable private static func largeBatch(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let keys = (0..<500).map { "order-\($0)" }
        let results = try await tenant.execute(keys.map { tenant.request(Sample.create($0)) })
        #expect(results.map(\.orderID) == keys.map(tenant.orderID))
        #expect(results.allSatisfy { $0.outcome.status == 201 && !$0.outcome.isReplay })
        #expect(results.allSatisfy { $0.event?.orderID == $0.orderID })
    }
}
