internal import Orders
internal import Testing

/// What every ``EventOutbox`` must do, together with the ``OrderStore`` that fills it.
package enum EventOutboxConformance {
    package static let cases = [
        ConformanceCase("a change stages one event, under an id that follows from order and version", changeStages),
        ConformanceCase("what changes nothing stages nothing", nothingChangedNothingStaged),
        ConformanceCase("an event knows whether an older one still waits", eventKnowsOfOlder),
        ConformanceCase("a scan of orders goes by order and version", scanOfOrders),
        ConformanceCase("a scan goes through everything by pages", scanByPages),
        ConformanceCase("a scan of orders goes by pages too", scanOfOrdersByPages),
        ConformanceCase("a page ends with the event that fills it", pageEndsByBytes),
        ConformanceCase("a scan leaves young events alone", scanLeavesYoungAlone),
        ConformanceCase("deleting twice is no error, and deletes nothing else", deleteTwice),
        ConformanceCase("statistics know that something waits", statisticsKnow),
    ]

    @Sendable private static func changeStages(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let created = try #require(try await tenant.execute(Sample.create("first")).first?.event)
        let cancelled = try #require(try await tenant.execute(tenant.cancel("first"), atSecond: 1).first?.event)
        let id = tenant.orderID("first")
        #expect(created.id == EventID(orderID: id, version: 1))
        #expect(created.type == EventType.created.rawValue)
        #expect(cancelled.id == EventID(orderID: id, version: 2))
        #expect(cancelled.type == EventType.cancelled.rawValue)
        #expect(created.orderID == id)
        #expect(created.traceparent == tenant.request(Sample.create("first")).traceparent)
        #expect(!created.payload.isEmpty)
        let staged = try await tenant.events("first")
        #expect(staged.map(\.key) == [created.key, cancelled.key])
        #expect(staged.map(\.id) == [created.id, cancelled.id])
        #expect(staged.map(\.type) == [created.type, cancelled.type])
        #expect(staged.map(\.payload) == [created.payload, cancelled.payload], "the bytes that were committed")
        #expect(staged.map(\.traceparent) == [created.traceparent, cancelled.traceparent])
    }

    @Sendable private static func nothingChangedNothingStaged(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("first"))
        try await subject.outbox.delete(try await tenant.events("first").map(\.key))
        try await tenant.execute(
            Sample.create("first"),
            Sample.create("first", total: "1.00"),
            tenant.cancel("never"),
            tenant.get("first")
        )
        #expect(try await tenant.events("first", "never").isEmpty)
    }

    @Sendable private static func eventKnowsOfOlder(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let created = try await tenant.execute(Sample.create("waiting"), Sample.create("gone")).compactMap(\.event)
        #expect(created.map(\.isBehindOlder) == [false, false])
        try await subject.outbox.delete([StagedEventKey(orderID: tenant.orderID("gone"), version: 1)])
        let cancelled = try await tenant.execute(tenant.cancel("waiting"), tenant.cancel("gone")).compactMap(\.event)
        #expect(cancelled.map(\.isBehindOlder) == [true, false])
    }

    @Sendable private static func scanOfOrders(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("a"), Sample.create("b"), Sample.create("c"))
        try await tenant.execute(tenant.cancel("b"), tenant.cancel("a"))
        let events = try await tenant.events("b", "a")
        let keys = events.map(\.key)
        #expect(keys == keys.sorted())
        #expect(Set(events.map(\.orderID)) == [tenant.orderID("a"), tenant.orderID("b")])
        #expect(events.count == 4)
        #expect(try await tenant.events("never").isEmpty)
        #expect(try await subject.outbox.scan(orders: [], after: nil, limit: .test).events.isEmpty)
    }

    @Sendable private static func scanByPages(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let keys = (0..<10).map { "order-\($0)" }
        try await tenant.execute(keys.map { tenant.request(Sample.create($0)) })
        try await tenant.execute(tenant.cancel("order-3"), tenant.cancel("order-7"))
        var seen: [StagedEventKey] = []
        for limit in [1, 5, 1000] {
            seen = []
            var after: StagedEventKey?
            while true {
                let limit = EventLimit(count: limit, bytes: .max)
                let page = try await subject.outbox.scan(after: after, minimumAge: .zero, limit: limit)
                #expect(page.hasMore ? page.events.count == limit.count : page.events.count <= limit.count)
                seen += page.events.map(\.key)
                guard page.hasMore else { break }
                after = page.events.last?.key
            }
            #expect(seen == seen.sorted())
            #expect(Set(seen).count == seen.count)
            #expect(seen.count { keys.map(tenant.orderID).contains($0.orderID) } == 12)
        }
    }

    @Sendable private static func scanOfOrdersByPages(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let keys = (0..<5).map { "order-\($0)" }
        try await tenant.execute(keys.map { tenant.request(Sample.create($0)) })
        try await tenant.execute(tenant.cancel("order-1"), tenant.cancel("order-3"))
        let wanted = keys.dropLast().map(tenant.orderID)
        for count in [1, 2, 5, 6] {
            let limit = EventLimit(count: count, bytes: .max)
            var seen: [StagedEventKey] = []
            while true {
                let page = try await subject.outbox.scan(orders: wanted, after: seen.last, limit: limit)
                seen += page.events.map(\.key)
                guard page.hasMore else { break }
                #expect(page.events.count == count)
            }
            #expect(seen == seen.sorted())
            #expect(seen.count == 6)
            #expect(Set(seen.map(\.orderID)) == Set(wanted))
        }
    }

    @Sendable private static func pageEndsByBytes(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("a"), Sample.create("b"), tenant.cancel("a"))
        let orders = [tenant.orderID("a"), tenant.orderID("b")]
        // However little it may hold, a page holds one.
        let limit = EventLimit(count: 100, bytes: 1)
        var seen: [StagedEventKey] = []
        for place in 0..<3 {
            let page = try await subject.outbox.scan(orders: orders, after: seen.last, limit: limit)
            #expect(page.events.count == 1)
            #expect(page.hasMore == (place < 2))
            seen += page.events.map(\.key)
        }
        #expect(seen == seen.sorted())
        let first = try await subject.outbox.scan(after: nil, minimumAge: .zero, limit: limit)
        #expect(first.events.count == 1)
        #expect(first.hasMore)
    }

    @Sendable private static func scanLeavesYoungAlone(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("young"))
        let old = try await subject.outbox.scan(after: nil, minimumAge: .seconds(3600), limit: .test)
        #expect(!old.events.contains { $0.orderID == tenant.orderID("young") })
        let all = try await subject.outbox.scan(after: nil, minimumAge: .zero, limit: .test)
        #expect(all.events.contains { $0.orderID == tenant.orderID("young") })
    }

    @Sendable private static func deleteTwice(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("a"), Sample.create("b"), tenant.cancel("a"))
        let first = StagedEventKey(orderID: tenant.orderID("a"), version: 1)
        try await subject.outbox.delete([first])
        try await subject.outbox.delete([first, StagedEventKey(orderID: tenant.orderID("never"), version: 1)])
        try await subject.outbox.delete([])
        let rest = try await tenant.events("a", "b")
        #expect(Set(rest.map(\.key)).count == 2)
        #expect(!rest.contains { $0.key == first })
    }

    @Sendable private static func statisticsKnow(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        try await tenant.execute(Sample.create("a"), Sample.create("b"))
        let statistics = try await subject.outbox.statistics()
        // The count is a rough one; that something waits is not.
        let age = try #require(statistics.oldestAge)
        #expect(age >= .zero)
    }
}
