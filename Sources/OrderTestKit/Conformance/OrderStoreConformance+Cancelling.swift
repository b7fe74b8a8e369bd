internal import Orders
internal import Testing

extension OrderStoreConformance {
    static let cancelling = [
        ConformanceCase("a cancel ends a pending order", cancelEndsAPendingOrder),
        ConformanceCase("a cancel ends a confirmed order", cancelEndsAConfirmedOrder),
        ConformanceCase("a second cancel is a replay and no second event", secondCancelIsAReplay),
        ConformanceCase("a fulfilled order cannot be cancelled", fulfilledOrderCannotBeCancelled),
        ConformanceCase("an unknown order cannot be cancelled", unknownOrderCannotBeCancelled),
        ConformanceCase("another tenant's order cannot be cancelled", foreignOrderCannotBeCancelled),
        ConformanceCase("a cancel behind its create in one batch works", cancelBehindItsCreate),
        ConformanceCase("a cancel before its create in one batch finds nothing", cancelBeforeItsCreate),
        ConformanceCase("a cancel of another version changes nothing", cancelOfAnotherVersion),
        ConformanceCase("a cancel of one version is repeated as a replay", cancelOfOneVersionIsRepeated),
        ConformanceCase("two cancels in one batch are a cancel and a replay", twoCancelsInOneBatch),
    ]

    @Sendable private static func cancelEndsAPendingOrder(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("first"))
        let result = try #require(try await tenant.execute(tenant.cancel("first"), atSecond: 7).first)
        let later = Timestamp(milliseconds: Sample.moment.milliseconds + 7000)
        let expected = CancelledOrder(
            id: tenant.orderID("first"),
            createdAt: Sample.moment,
            updatedAt: later,
            version: 2
        )
        #expect(result.outcome == .cancelled(expected, isReplay: false))
        #expect(result.orderID == expected.id)
        let order = try #require(try await tenant.stored("first"))
        #expect(order.status == .cancelled)
        #expect(order.version == 2)
        #expect(order.createdAt == Sample.moment)
        #expect(order.updatedAt == later)
    }

    @Sendable private static func cancelEndsAConfirmedOrder(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("first"))
        try await subject.setStatus(.confirmed, tenant.orderID("first"))
        let result = try #require(try await tenant.execute(tenant.cancel("first")).first)
        #expect(result.outcome.status == 200)
        #expect(try await tenant.stored("first")?.status == .cancelled)
    }

    @Sendable private static func secondCancelIsAReplay(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("first"))
        let first = try #require(try await tenant.execute(tenant.cancel("first"), atSecond: 1).first)
        let again = try #require(try await tenant.execute(tenant.cancel("first", reason: "x"), atSecond: 9).first)
        #expect(again.cancelledOrder == first.cancelledOrder)
        #expect(again.outcome.isReplay)
        #expect(again.event == nil)
        #expect(try await tenant.events("first").map(\.version) == [1, 2])
    }

    @Sendable private static func fulfilledOrderCannotBeCancelled(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("first"))
        try await subject.setStatus(.confirmed, tenant.orderID("first"))
        try await subject.setStatus(.fulfilled, tenant.orderID("first"))
        let result = try #require(try await tenant.execute(tenant.cancel("first")).first)
        #expect(result.outcome == .refused(.cannotCancel(.fulfilled)))
        #expect(result.orderID == tenant.orderID("first"))
        #expect(result.event == nil)
        #expect(try await tenant.stored("first")?.status == .fulfilled)
    }

    @Sendable private static func unknownOrderCannotBeCancelled(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let result = try #require(try await tenant.execute(tenant.cancel("never")).first)
        #expect(result.outcome == .refused(.orderNotFound))
        #expect(result.orderID == tenant.orderID("never"))
        #expect(result.event == nil)
    }

    @Sendable private static func foreignOrderCannotBeCancelled(_ subject: StoreUnderTest) async throws {
        let (owner, stranger) = (Tenant(subject), Tenant(subject))
        try await owner.execute(Sample.create("first"))
        let result = try #require(try await stranger.execute(owner.cancel("first")).first)
        #expect(result.outcome == .refused(.orderNotFound))
        #expect(result.event == nil)
        #expect(try await owner.stored("first")?.status == .pending)
    }

    @Sendable private static func cancelBehindItsCreate(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let results = try await tenant.execute(
            Sample.create("first"),
            tenant.cancel("first"),
            Sample.create("first")
        )
        #expect(results.map(\.outcome.status) == [201, 200, 201])
        #expect(results.map(\.outcome.isReplay) == [false, false, true])
        #expect(results.map(\.event?.version) == [1, 2, nil])
        #expect(results.compactMap(\.event?.isBehindOlder) == [false, true])
        #expect(try await tenant.stored("first")?.status == .cancelled)
        #expect(try await tenant.events("first").map(\.version) == [1, 2])
    }

    @Sendable private static func cancelBeforeItsCreate(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let results = try await tenant.execute(tenant.cancel("first"), Sample.create("first"))
        #expect(results.map(\.outcome.status) == [404, 201])
        #expect(try await tenant.stored("first")?.status == .pending)
        #expect(try await tenant.events("first").map(\.version) == [1])
    }

    @Sendable private static func cancelOfAnotherVersion(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("first"))
        let results = try await tenant.execute(
            tenant.cancel("first", expecting: 2),
            tenant.cancel("never", expecting: 1)
        )
        #expect(results.map(\.outcome) == [.refused(.otherVersion(1)), .refused(.orderNotFound)])
        #expect(results.compactMap(\.event).isEmpty)
        #expect(try await tenant.stored("first")?.status == .pending)
        try await subject.setStatus(.confirmed, tenant.orderID("first"))
        try await subject.setStatus(.fulfilled, tenant.orderID("first"))
        let version = try #require(try await tenant.stored("first")?.version)
        let late = try await tenant.execute(tenant.cancel("first", expecting: version))
        #expect(late.map(\.outcome) == [.refused(.cannotCancel(.fulfilled))])
    }

    @Sendable private static func cancelOfOneVersionIsRepeated(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("first"))
        let results = try await tenant.execute(
            tenant.cancel("first", expecting: 1),
            tenant.cancel("first", expecting: 1),
            tenant.cancel("first", expecting: 2),
            tenant.cancel("first", expecting: 3),
            tenant.cancel("first")
        )
        #expect(results.map(\.outcome.status) == [200, 200, 200, 412, 200])
        #expect(results.map(\.outcome.isReplay) == [false, true, true, false, true])
        #expect(results[3].outcome == .refused(.otherVersion(2)))
        #expect(try await tenant.events("first").map(\.version) == [1, 2])
    }

    @Sendable private static func twoCancelsInOneBatch(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("first"))
        let results = try await tenant.execute(tenant.cancel("first"), tenant.cancel("first"), atSecond: 1)
        #expect(results.map(\.outcome.status) == [200, 200])
        #expect(results.map(\.outcome.isReplay) == [false, true])
        #expect(results.first?.cancelledOrder == results.last?.cancelledOrder)
        #expect(results.map(\.event?.version) == [2, nil])
    }
}
