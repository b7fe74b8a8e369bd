import OrderStorage
import Orders
import Postgres
import Testing

@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(3)))
struct CreateTests {
    @Test func newOrderIsStoredWithItsEvent() async throws {
        try await TestDatabase.with { database in
            let request = Requests.create("one", metadata: #"{"z": "\u0000", "n":1e999999}"#)
            let result = try #require(try await database.store.execute([request]).first)
            let id = Requests.id("one")
            #expect(result.outcome == .created(CreatedOrder(id: id, createdAt: Requests.now), isReplay: false))
            let event = try #require(result.event)
            #expect(event.key == StagedEventKey(orderID: id, version: 1))
            #expect(!event.isBehindOlder)
            let staged = try await database.staged()
            #expect(staged == [event])
            let order = try #require(try await database.store.execute([Requests.get(id)]).first?.order)
            #expect(order.status == .pending)
            #expect(order.version == 1)
            #expect(order.createdAt == Requests.now)
            #expect(order.updatedAt == Requests.now)
            #expect(order.total == "25.50")
            #expect(order.metadata == Array(#"{"z": "\u0000", "n":1e999999}"#.utf8))
        }
    }

    @Test(arguments: [nil, #"{"a":1}"#]) func orderIsStoredAloneAsAmongOthers(metadata: String?) async throws {
        try await TestDatabase.with { database in
            let alone = Requests.create("one", metadata: metadata)
            let others = ["two", "three"].map { Requests.create($0, metadata: metadata) }
            _ = try await database.store.execute([alone])
            _ = try await database.store.execute(others)
            let kinds = "count(DISTINCT to_jsonb(orders) - 'id' - 'idempotency_key')"
            #expect(try await database.int("SELECT count(*) FROM orders") == 3)
            #expect(try await database.int("SELECT \(kinds) FROM orders") == 1)
            #expect(try await database.int("SELECT count(*) FROM outbox JOIN orders ON id = order_id") == 3)
        }
    }

    @Test func sameCommandAgainIsAReplayWithoutASecondEvent() async throws {
        try await TestDatabase.with { database in
            _ = try await database.store.execute([Requests.create("one")])
            let later = Timestamp(milliseconds: Requests.now.milliseconds + 5000)
            let result = try #require(try await database.store.execute([Requests.create("one", at: later)]).first)
            let created = CreatedOrder(id: Requests.id("one"), createdAt: Requests.now)
            #expect(result.outcome == .created(created, isReplay: true))
            #expect(result.event == nil)
            #expect(try await database.int("SELECT count(*) FROM outbox") == 1)
        }
    }

    @Test func keyOfAnotherOrderIsRefused() async throws {
        try await TestDatabase.with { database in
            _ = try await database.store.execute([Requests.create("one")])
            let results = try await database.store.execute([
                Requests.create("two"), Requests.create("one", content: 2), Requests.create("three"),
            ])
            #expect(results.map(\.refusal) == [nil, .idempotencyKeyReused, nil])
            #expect(results.map { $0.event == nil } == [false, true, false])
            #expect(try await database.int("SELECT count(*) FROM orders") == 3)
        }
    }

    @Test func repetitionsInsideOneBatchAreReplaysOfTheFirst() async throws {
        try await TestDatabase.with { database in
            let results = try await database.store.execute([
                Requests.create("one"), Requests.create("one"), Requests.create("one", content: 2),
                Requests.create("one"),
            ])
            #expect(results.map(\.outcome.isReplay) == [false, true, false, true])
            #expect(results.map(\.refusal) == [nil, nil, .idempotencyKeyReused, nil])
            #expect(results.map { $0.event == nil } == [false, true, true, true])
            #expect(try await database.int("SELECT count(*) FROM orders") == 1)
        }
    }

    @Test func sameKeyOfAnotherTenantIsAnotherOrder() async throws {
        try await TestDatabase.with { database in
            let results = try await database.store.execute([
                Requests.create("one"), Requests.create("one", tenant: "other", content: 2),
            ])
            #expect(results.map(\.refusal) == [nil, nil])
            #expect(results.map(\.outcome.isReplay) == [false, false])
        }
    }

    /// Symptom: two batches with the same keys in opposite order wait for each other until one is a deadlock's victim.
    @Test func racingBatchesInOppositeOrderMakeEachOrderOnce() async throws {
        try await TestDatabase.with { database in
            let keys = (0..<300).map { "race-\($0)" }
            for round in 0..<5 {
                let forward = keys.map { Requests.create("\(round)-\($0)") }
                let stores = try (0..<4).map { _ in
                    PostgresOrderStore(try database.connect(), encoder: TestEncoder())
                }
                let results = try await withThrowingTaskGroup(of: [StoreResult].self) { group in
                    for (index, store) in stores.enumerated() {
                        let batch = index.isMultiple(of: 2) ? forward : forward.reversed()
                        group.addTask { try await store.execute(batch) }
                    }
                    var all: [StoreResult] = []
                    while let results = try await group.next() { all += results }
                    return all
                }
                #expect(results.allSatisfy { $0.refusal == nil })
                #expect(results.count { !$0.outcome.isReplay } == keys.count)
                #expect(results.count { $0.event != nil } == keys.count)
            }
            #expect(try await database.int("SELECT count(*) FROM outbox") == 1500)
        }
    }

    @Test func poisonIsTheDatasFaultAndNothingOfTheBatchIsStored() async throws {
        try await TestDatabase.with { database in
            let store = database.store
            let batch = [
                Requests.create("one"), Requests.create("two", customer: "nul\u{0}byte"), Requests.create("three"),
            ]
            let error = await storeError { _ = try await store.execute(batch) }
            #expect(error?.kind == .rejected)
            #expect(error?.description.contains("nul") == false)
            let stored = try await database.int("SELECT count(*) FROM orders")
            #expect(stored == 0)
            #expect(try await store.execute([batch[0]]).first?.outcome.isReplay == false)
        }
    }

    @Test func missingTableIsOurOutage() async throws {
        try await TestDatabase.with { database in
            try await database.execute("DROP TABLE outbox")
            let store = database.store
            let error = await storeError { _ = try await store.execute([Requests.create("one")]) }
            #expect(error?.kind == .unavailable)
            try await store.ping()
        }
    }
}
