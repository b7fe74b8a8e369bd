import OrderStorage
import Orders
import Postgres
import Testing

@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(3)))
struct PostgresOutboxTests {
    @Test func scanPagesThroughEverythingInTheOrderOfItsKeys() async throws {
        try await TestDatabase.with { database in
            let created = try await database.store.execute((0..<25).map { Requests.create("\($0)") })
            let cancelled = try await database.store.execute(
                (0..<5).map { Requests.cancel(Requests.id("\($0)"), reason: "because") }
            )
            var scanned: [StagedEvent] = []
            var page: [StagedEvent]
            repeat {
                page = try await database.outbox.scan(after: scanned.last?.key, minimumAge: .zero, limit: 7)
                scanned += page
            } while page.count == 7
            let events = (created + cancelled).compactMap(\.event)
            #expect(scanned.map(\.key) == events.map(\.key).sorted())
            // What comes out of the table is what was sent from memory, to the byte.
            for event in events {
                let other = try #require(scanned.first { $0.key == event.key })
                #expect(other.payload == event.payload)
                #expect(other.id == event.id)
                #expect(other.type == event.type)
                #expect(other.traceparent == event.traceparent)
            }
        }
    }

    @Test func createdEventStaysWhatItWasAfterTheOrderHasChanged() async throws {
        try await TestDatabase.with { database in
            let event = try await database.store.execute([Requests.create("one")]).first?.event
            _ = try await database.store.execute([Requests.cancel(Requests.id("one"))])
            let scanned = try await database.outbox.scan(orders: [Requests.id("one")])
            #expect(scanned.first == event)
        }
    }

    @Test func youngEventsAreLeftAlone() async throws {
        try await TestDatabase.with { database in
            _ = try await database.store.execute([Requests.create("one")])
            #expect(try await database.outbox.scan(after: nil, minimumAge: .seconds(60), limit: 10).isEmpty)
            try await database.execute("UPDATE outbox SET created_at = created_at - interval '2 minutes'")
            #expect(try await database.outbox.scan(after: nil, minimumAge: .seconds(60), limit: 10).count == 1)
        }
    }

    @Test func deletingRemovesThoseAndNoOthers() async throws {
        try await TestDatabase.with { database in
            let keys = try await database.store.execute((0..<10).map { Requests.create("\($0)") })
                .compactMap { $0.event?.key }
            let missing = StagedEventKey(orderID: Requests.id("nobody"), version: 1)
            try await database.outbox.delete(Array(keys.prefix(6)) + [missing, keys[0]])
            try await database.outbox.delete([])
            let rest = try await database.outbox.scan(after: nil, minimumAge: .zero, limit: 100)
            #expect(Set(rest.map(\.key)) == Set(keys.suffix(4)))
        }
    }

    @Test func statisticsTellCountAndAge() async throws {
        try await TestDatabase.with { database in
            #expect(try await database.outbox.statistics() == OutboxStatistics(count: 0, oldestAge: nil))
            _ = try await database.store.execute((0..<10).map { Requests.create("\($0)") })
            try await database.execute(
                """
                UPDATE outbox SET created_at = created_at - interval '1 hour'
                WHERE order_id = order_id('\(Requests.id("3"))')
                """
            )
            let statistics = try await database.outbox.statistics()
            #expect(statistics.count == 10)
            #expect(try #require(statistics.oldestAge) >= .seconds(3600))
        }
    }

    @Test func eventWhoseOrderIsGoneHoldsUpNobody() async throws {
        try await TestDatabase.with { database in
            _ = try await database.store.execute((0..<3).map { Requests.create("\($0)") })
            try await database.execute("DELETE FROM orders WHERE id = order_id('\(Requests.id("1"))')")
            let scanned = try await database.outbox.scan(after: nil, minimumAge: .zero, limit: 2)
            #expect(scanned.count == 2)
        }
    }
}
