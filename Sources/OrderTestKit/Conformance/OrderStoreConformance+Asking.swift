internal import Orders
internal import Testing

extension OrderStoreConformance {
    static let asking = [
        ConformanceCase("a get finds the tenant's own order", getFindsOwnOrder),
        ConformanceCase("a colleague's order can be read", colleagueMayRead),
        ConformanceCase("another tenant's order is not found", foreignOrderIsNotFound),
        ConformanceCase("names that look alike are two tenants", lookalikesAreStrangers),
        ConformanceCase("a get sees what stands before it in its batch, and no more", getSeesWhatStandsBeforeIt),
        ConformanceCase("a ping answers", pingAnswers),
    ]

    @Sendable private static func getFindsOwnOrder(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("first"))
        let results = try await tenant.execute(tenant.get("first"), tenant.get("never"))
        guard case .found(let order) = results.first?.outcome else {
            Issue.record("the order was not found")
            return
        }
        #expect(order.id == tenant.orderID("first"))
        #expect(results.last?.outcome == .refused(.orderNotFound))
        #expect(results.map(\.orderID) == [tenant.orderID("first"), tenant.orderID("never")])
        #expect(results.allSatisfy { $0.event == nil })
    }

    @Sendable private static func colleagueMayRead(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("first"))
        let colleague = Sample.caller(tenant: tenant.caller.tenant, clientID: "another")
        let result = try await tenant.execute([Sample.request(tenant.get("first"), caller: colleague)]).first
        #expect(result?.outcome.status == 200)
    }

    @Sendable private static func foreignOrderIsNotFound(_ subject: StoreUnderTest) async throws {
        let (owner, stranger) = (Tenant(subject), Tenant(subject))
        try await owner.execute(Sample.create("first"))
        let result = try await stranger.execute(owner.get("first")).first
        #expect(result?.outcome == .refused(.orderNotFound))
    }

    @Sendable private static func lookalikesAreStrangers(_ subject: StoreUnderTest) async throws {
        let name = "tenant-\(UInt64.random(in: 0 ... .max))-caf"
        let (owner, stranger) = (Sample.caller(tenant: name + "\u{e9}"), Sample.caller(tenant: name + "e\u{301}"))
        let tenant = Tenant(subject)
        try await tenant.execute([Sample.request(Sample.create("first"), caller: owner)])
        let id = Sample.orderID("first", caller: owner)
        for order in [[owner, stranger], [stranger, owner]] {
            let gets = order.map { Sample.request(.get(GetOrder(orderID: id)), caller: $0) }
            let statuses = try await tenant.execute(gets).map(\.outcome.status)
            #expect(statuses == order.map { $0.tenant.isSameName(as: owner.tenant) ? 200 : 404 })
        }
        let cancel = Command.cancel(CancelOrder(orderID: id, reason: nil))
        let cancels = [stranger, owner].map { Sample.request(cancel, caller: $0) }
        #expect(try await tenant.execute(cancels).map(\.outcome.status) == [404, 200])
    }

    @Sendable private static func getSeesWhatStandsBeforeIt(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let results = try await tenant.execute(
            tenant.get("first"),
            Sample.create("first"),
            tenant.get("first"),
            tenant.cancel("first"),
            tenant.get("first")
        )
        #expect(results.map(\.outcome.status) == [404, 201, 200, 200, 200])
        let seen = results.map { result -> OrderStatus? in
            if case .found(let order) = result.outcome { order.status } else { nil }
        }
        #expect(seen == [nil, nil, .pending, nil, .cancelled])
    }

    @Sendable private static func pingAnswers(_ subject: StoreUnderTest) async throws {
        try await subject.store.ping()
        try await subject.other.ping()
    }
}
