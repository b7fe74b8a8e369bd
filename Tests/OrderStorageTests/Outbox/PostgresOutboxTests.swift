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
            var page: OutboxPage
            repeat {
                let limit = EventLimit(count: 7, bytes: .max)
                page = try await database.outbox.scan(after: scanned.last?.key, minimumAge: .zero, limit: limit)
                scanned += page.events
            } while page.hasMore
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
            let scanned = try await database.staged([Requests.id("one")])
            #expect(scanned.first == event)
        }
    }

    @Test func youngEventsAreLeftAlone() async throws {
        try await TestDatabase.with { database in
            _ = try await database.store.execute([Requests.create("one")])
            #expect(try await database.staged(minimumAge: .seconds(60)).isEmpty)
            try await database.execute("UPDATE outbox SET created_at = created_at - interval '2 minutes'")
            #expect(try await database.staged(minimumAge: .seconds(60)).count == 1)
        }
    }

    @Test func deletingRemovesThoseAndNoOthers() async throws {
        try await TestDatabase.with { database in
            let keys = try await database.store.execute((0..<10).map { Requests.create("\($0)") })
                .compactMap { $0.event?.key }
            let missing = StagedEventKey(orderID: Requests.id("nobody"), version: 1)
            try await database.outbox.delete(Array(keys.prefix(6)) + [missing, keys[0]])
            try await database.outbox.delete([])
            let rest = try await database.staged()
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
            let limit = EventLimit(count: 2, bytes: .max)
            let scanned = try await database.outbox.scan(after: nil, minimumAge: .zero, limit: limit)
            #expect(scanned.events.count == 2)
            #expect(!scanned.hasMore)
        }
    }

    /// Symptom: a worker that found a backlog of the largest orders was ended for its memory, and so was the next.
    ///
    /// Orders that are stored as they are and orders that are stored packed are both counted by what is read.
    @Test(arguments: ["EXTERNAL", "MAIN"])
    func pageOfTheLargestOrdersIsCutByTheirBytes(storage: String) async throws {
        try await TestDatabase.with { database in
            try await database.execute("ALTER TABLE orders ALTER COLUMN items SET STORAGE \(storage)")
            let items = 240_000
            let created = try await database.store.execute(
                (0..<20).map { Requests.create("\($0)", itemBytes: items) }
            ).compactMap(\.event)
            let keys = created.map(\.key).sorted()
            let limit = EventLimit(count: 2000, bytes: 1 << 20)
            let page = try await database.outbox.scan(after: nil, minimumAge: .zero, limit: limit)
            // The first four have less than a mebibyte, the fifth passes it.
            #expect(page.events.map(\.key) == Array(keys.prefix(5)))
            #expect(page.hasMore)
            let last = try await database.outbox.scan(after: keys[14], minimumAge: .zero, limit: limit)
            #expect(last.events.map(\.key) == Array(keys.suffix(5)))
            #expect(!last.hasMore)
            let ofOrders = try await database.outbox.scan(orders: created.map(\.orderID), after: nil, limit: limit)
            #expect(ofOrders == page)
        }
    }

    @Test func pageCountsThePayloadsThatAreStaged() async throws {
        try await TestDatabase.with { database in
            _ = try await database.store.execute((0..<6).map { Requests.create("\($0)") })
            try await database.execute("UPDATE outbox SET payload = convert_to(repeat('x', 1000), 'UTF8')")
            let limit = EventLimit(count: 2000, bytes: 2500)
            let page = try await database.outbox.scan(after: nil, minimumAge: .zero, limit: limit)
            #expect(page.events.map(\.payload.count) == [1000, 1000, 1000])
            #expect(page.hasMore)
        }
    }
}
