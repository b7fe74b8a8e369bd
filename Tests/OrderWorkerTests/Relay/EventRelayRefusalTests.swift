import OrderTestKit
import OrderWorker
import Orders
import Testing

@Suite(.timeLimit(.minutes(3))) struct EventRelayRefusalTests {
    private static let created = EventType.created.rawValue
    private static let cancelled = EventType.cancelled.rawValue

    /// One subscriber's full queue kept the events of all orders in the outbox.
    @Test func refusedEventsHoldUpNoOthers() async throws {
        let bench = RelayBench()
        bench.publisher.refuse(types: [Self.cancelled])
        try await bench.run { bench in
            await bench.settle()
            bench.commit(Sample.event("full", version: 2))
            bench.commit((0..<100).map { Sample.event("order-\($0)") })
            await bench.publisher.waitUntilTaken(100)
        }
        #expect(bench.store.staged.map(\.key) == [Sample.event("full", version: 2).key])
        #expect(bench.observer.record.story == ["events refused"])
        #expect(bench.observer.record.rounds.reduce(0) { $0 + $1.unknown } == 0)
    }

    @Test func refusedEventsAreTriedNowAndThenAndBothEndsAreToldOnce() async throws {
        let bench = RelayBench()
        bench.publisher.refuse(types: [Self.cancelled])
        try await bench.run { bench in
            await bench.settle()
            bench.commit(Sample.event("a"), Sample.event("a", version: 2, isBehindOlder: true))
            bench.commit(Sample.event("b", version: 2))
            await bench.observer.waitForRecord { $0.refused >= 2 }
            for _ in 0..<30 {
                await bench.clock.advanceToNextSleeper()
                await bench.clock.waitForSleepers()
            }
            await bench.observer.waitForRecord { $0.refused >= 4 }
            bench.publisher.refuse(types: [])
            await bench.hurry {
                await bench.store.waitUntilOutboxIsEmpty()
                await bench.observer.waitForRecord { $0.story.count >= 2 }
            }
        }
        #expect(bench.observer.record.story == ["events refused", "events taken"])
        #expect(bench.observer.record.refused < 30, "and not at every tick")
        let ofOne = bench.publisher.record.taken.filter { $0.orderID == Sample.orderID("a") }
        #expect(ofOne.map(\.version) == [1, 2])
    }

    @Test func whatIsBehindARefusedEventOfItsOrderWaitsWithIt() async throws {
        let bench = RelayBench()
        bench.publisher.refuse(types: [Self.created])
        try await bench.run { bench in
            await bench.settle()
            bench.commit(Sample.event("a"), Sample.event("a", version: 2, isBehindOlder: true))
            bench.commit(Sample.event("b", version: 2))
            await bench.publisher.waitUntilTaken(1)
        }
        #expect(bench.publisher.record.taken.map(\.key) == [Sample.event("b", version: 2).key])
        #expect(bench.store.staged.count == 2)
    }

    @Test func itWaitsBeyondTheEndOfAPageToo() async throws {
        let bench = RelayBench { $0.batchLimit.count = 1 }
        let names = ["a", "b"].sorted { Sample.orderID($0) < Sample.orderID($1) }
        bench.age(names.flatMap { [Sample.event($0, version: 2), Sample.event($0, version: 3)] })
        bench.age(Sample.event(names[0]))
        bench.publisher.refuse(types: [Self.created])
        try await bench.run { bench in await bench.publisher.waitUntilTaken(2) }
        #expect(bench.publisher.record.taken.allSatisfy { $0.orderID == Sample.orderID(names[1]) })
        #expect(bench.store.staged.map(\.version) == [1, 2, 3])
    }

    @Test func finishLeavesRefusedEventsAndPublishesTheRest() async throws {
        let bench = RelayBench { $0.batchLimit.count = 1 }
        bench.publisher.refuse(types: [Self.cancelled])
        bench.commit([Sample.event("full", version: 2)] + (0..<10).map { Sample.event("order-\($0)") })
        bench.relay.finish()
        await bench.relay.run()
        #expect(bench.publisher.record.taken.count == 10)
        #expect(bench.store.staged.count == 1)
    }
}

extension RecordingObserver.Record {
    fileprivate var refused: Int { rounds.reduce(0) { $0 + $1.refused } }
}
