import OrderStorage
import Orders
import Postgres
import Testing

@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(3)))
struct CancelTests {
    private let later = Timestamp(milliseconds: Requests.now.milliseconds + 5000)

    @Test func pendingOrderIsCancelledOnceWithOneEvent() async throws {
        try await TestDatabase.with { database in
            let id = Requests.id("one")
            _ = try await database.store.execute([Requests.create("one")])
            try await database.outbox.delete([StagedEventKey(orderID: id, version: 1)])
            let first = try await database.store.execute([Requests.cancel(id, reason: "changed my mind", at: later)])
            let cancelled = CancelledOrder(id: id, createdAt: Requests.now, updatedAt: later, version: 2)
            #expect(first.map(\.outcome) == [.cancelled(cancelled, isReplay: false)])
            let event = try #require(first.first?.event)
            #expect(event.version == 2)
            #expect(event.type == "order.cancelled.v1")
            #expect(!event.isBehindOlder)

            let again = try await database.store.execute([Requests.cancel(id)])
            #expect(again.map(\.outcome) == [.cancelled(cancelled, isReplay: true)])
            #expect(again.first?.event == nil)
            #expect(try await database.staged([id]) == [event])
            let order = try await database.store.execute([Requests.get(id)]).first?.order
            #expect(order?.status == .cancelled)
            #expect(order?.version == 2)
            #expect(order?.updatedAt == later)
        }
    }

    @Test func eventBehindAnOlderOneIsMarked() async throws {
        try await TestDatabase.with { database in
            let id = Requests.id("one")
            _ = try await database.store.execute([Requests.create("one")])
            let result = try #require(try await database.store.execute([Requests.cancel(id)]).first)
            #expect(result.event?.isBehindOlder == true)
            #expect(try await database.staged([id]).map(\.version) == [1, 2])
        }
    }

    @Test func unknownForeignAndFulfilledOrdersAreRefused() async throws {
        try await TestDatabase.with { database in
            let id = Requests.id("one")
            _ = try await database.store.execute([Requests.create("one"), Requests.create("two")])
            try await database.execute(
                "UPDATE orders SET status = 2 WHERE id = order_id('\(id)')"
            )
            let results = try await database.store.execute([
                Requests.cancel(Requests.id("nobody")), Requests.cancel(Requests.id("two"), tenant: "other"),
                Requests.cancel(id),
            ])
            #expect(results.map(\.refusal) == [.orderNotFound, .orderNotFound, .orderStateConflict])
            #expect(results.map(\.orderID) == [Requests.id("nobody"), Requests.id("two"), id])
            #expect(try await database.int("SELECT count(*) FROM outbox WHERE version > 1") == 0)
        }
    }

    @Test func confirmedOrderCanBeCancelled() async throws {
        try await TestDatabase.with { database in
            let id = Requests.id("one")
            _ = try await database.store.execute([Requests.create("one")])
            try await database.execute("UPDATE orders SET status = 1, version = 2")
            let result = try #require(try await database.store.execute([Requests.cancel(id)]).first)
            #expect(result.event?.version == 3)
        }
    }

    @Test func batchTakesEffectInItsOrder() async throws {
        try await TestDatabase.with { database in
            let (a, b) = (Requests.id("a"), Requests.id("b"))
            let results = try await database.store.execute([
                Requests.cancel(a), Requests.get(a), Requests.create("a"), Requests.get(a), Requests.list(),
                Requests.cancel(a), Requests.cancel(a), Requests.get(a), Requests.create("a"), Requests.create("b"),
                Requests.list(), Requests.cancel(b),
            ])
            #expect(results[0].refusal == .orderNotFound)
            #expect(results[1].refusal == .orderNotFound)
            #expect(results[2].outcome.isReplay == false)
            #expect(results[3].order?.status == .pending)
            #expect(results[4].page?.orders.map(\.status) == [.pending])
            #expect(results[5].outcome.isReplay == false)
            #expect(results[5].event?.isBehindOlder == true)
            #expect(results[6].outcome.isReplay == true)
            #expect(results[7].order?.status == .cancelled)
            #expect(results[8].outcome.isReplay == true)
            #expect(results[9].outcome.isReplay == false)
            #expect(results[10].page?.orders.count == 2)
            #expect(results[10].page?.orders.first { $0.id == b }?.status == .pending)
            #expect(results[11].outcome.isReplay == false)
        }
    }

    @Test func racingCancellationsMakeOneEventEach() async throws {
        try await TestDatabase.with { database in
            let keys = (0..<200).map { "race-\($0)" }
            _ = try await database.store.execute(keys.map { Requests.create($0) })
            let cancels = keys.map { Requests.cancel(Requests.id($0)) }
            let stores = try (0..<4).map { _ in PostgresOrderStore(try database.connect(), encoder: TestEncoder()) }
            let results = try await withThrowingTaskGroup(of: [StoreResult].self) { group in
                for (index, store) in stores.enumerated() {
                    let batch = index.isMultiple(of: 2) ? cancels : cancels.reversed()
                    group.addTask { try await store.execute(batch) }
                }
                var all: [StoreResult] = []
                while let results = try await group.next() { all += results }
                return all
            }
            #expect(results.allSatisfy { $0.refusal == nil })
            #expect(results.count { $0.event != nil } == keys.count)
            #expect(try await database.int("SELECT count(*) FROM outbox WHERE version = 2") == 200)
        }
    }

    @Test func poisonousReasonRollsTheCreatesBackToo() async throws {
        try await TestDatabase.with { database in
            let store = database.store
            _ = try await store.execute([Requests.create("one")])
            let batch = [Requests.create("two"), Requests.cancel(Requests.id("one"), reason: "nul\u{0}byte")]
            let error = await storeError { _ = try await store.execute(batch) }
            #expect(error?.kind == .rejected)
            #expect(try await database.int("SELECT count(*) FROM orders WHERE status = 0") == 1)
            #expect(try await database.int("SELECT count(*) FROM orders") == 1)
        }
    }
}
