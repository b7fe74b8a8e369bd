import OrderTestKit
import OrderWorker
import Orders
import Testing

@Suite(.timeLimit(.minutes(3))) struct EventRelayEndingTests {
    @Test func finishPublishesWhatIsInMemory() async throws {
        let bench = RelayBench { $0.batchLimit.count = 10 }
        bench.commit((0..<95).map { Sample.event("order-\($0)") })
        bench.relay.finish()
        await bench.relay.run()
        #expect(bench.publisher.record.taken.count == 95)
        #expect(bench.store.staged.isEmpty)
    }

    @Test func finishDuringARoundStillPublishesTheRest() async throws {
        let bench = RelayBench { $0.batchLimit.count = 10 }
        try await bench.run { bench in
            bench.publisher.hold()
            bench.commit((0..<35).map { Sample.event("order-\($0)") })
            await bench.publisher.waitUntilHeld()
            bench.relay.finish()
            bench.publisher.release()
        }
        #expect(bench.store.staged.isEmpty)
    }

    @Test func finishDoesNotWaitForABrokerThatIsAway() async throws {
        let bench = RelayBench { $0.batchLimit.count = 10 }
        bench.publisher.setAway(true)
        try await bench.run { bench in
            bench.commit((0..<95).map { Sample.event("order-\($0)") })
            await bench.publisher.waitForRecord { $0.waiting == 1 }
        }
        #expect(bench.publisher.record.rounds.count == 1, "the others would be tried in vain")
        #expect(bench.store.staged.count == 95)
    }

    @Test func finishGivesASilentBrokerOneShortChance() async throws {
        let bench = RelayBench()
        bench.publisher.hold()
        bench.commit("first")
        bench.relay.finish()
        await withTaskGroup { group in
            group.addTask { await bench.relay.run() }
            await bench.publisher.waitUntilHeld()
            await bench.hurry { await group.waitForAll() }
        }
        #expect(bench.publisher.record.taken.isEmpty)
        #expect(bench.store.staged.count == 1)
    }

    @Test func finishEndsThePauseBeforeTheNextTry() async throws {
        let bench = RelayBench()
        bench.publisher.decide(.lost)
        try await bench.run { bench in
            bench.commit("first")
            // The tick, and the pause.
            await bench.clock.waitForSleepers(2)
        }
        #expect(bench.store.staged.isEmpty, "it is tried once more")
    }

    @Test func finishEndsALongLookThroughTheOutbox() async throws {
        let bench = RelayBench { $0.batchLimit.count = 10 }
        bench.age((0..<100).map { Sample.event("left-\($0)") })
        bench.publisher.hold()
        try await bench.run { bench in
            await bench.publisher.waitUntilHeld()
            bench.relay.finish()
            bench.publisher.release()
        }
        #expect(bench.store.staged.count == 90)
    }

    @Test func cancellationEndsEveryWait() async throws {
        let quiet = RelayBench()
        await quiet.runUntilCancelled { await $0.settle() }

        let waiting = RelayBench()
        waiting.publisher.setAway(true)
        waiting.commit("first")
        await waiting.runUntilCancelled { await $0.publisher.waitForRecord { $0.waiting == 1 } }

        let held = RelayBench()
        held.publisher.hold()
        held.commit("first")
        await held.runUntilCancelled { await $0.publisher.waitUntilHeld() }

        let pausing = RelayBench()
        pausing.publisher.decide(.lost)
        pausing.commit("first")
        await pausing.runUntilCancelled { await $0.clock.waitForSleepers(2) }

        for bench in [waiting, held, pausing] { #expect(bench.store.staged.count == 1) }
    }
}
