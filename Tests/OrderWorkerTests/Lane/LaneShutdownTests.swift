import OrderTestKit
import OrderWorker
import Orders
import Testing

@Suite(.timeLimit(.minutes(3))) struct LaneShutdownTests {
    @Test func shutdownFinishesWhatIsInHandAndHandsBackTheRest() async throws {
        let bench = WorkerBench(prefetch: 5)
        bench.store.hold()
        bench.publishCreates((0..<20).map { "order-\($0)" })
        try await bench.run { bench in
            await bench.store.waitUntilHeld()
            await bench.worker.beginShutdown()
            bench.store.release()
        }
        #expect(bench.queue.record.settled == (0..<5).map { "order-\($0)" })
        #expect(bench.queue.readyCount == 15)
        #expect(bench.queue.record.returned == 0)
        #expect(bench.store.orderIDs.count == 5)
        #expect(bench.responder.record.replies.count == 5)
        #expect(bench.publisher.record.taken.count == 5, "their events are published before run() returns")
        #expect(bench.observer.record.story == ["opened", "stopped"])
    }

    @Test func shutdownWhenQuietReturnsAtOnce() async throws {
        let bench = WorkerBench(lanes: 3)
        try await bench.run { bench in await bench.queue.waitForRecord { $0.opened == 3 } }
        #expect(
            bench.observer.record.story.sorted() == Array(repeating: "opened", count: 3)
                + Array(repeating: "stopped", count: 3)
        )
    }

    @Test func shutdownBeforeTheStartTakesNothing() async throws {
        let bench = WorkerBench()
        bench.publishCreates(["first"])
        await bench.worker.beginShutdown()
        await bench.worker.run()
        #expect(bench.queue.record.opened == 0)
        #expect(bench.queue.readyCount == 1)
    }

    @Test func shutdownWhileTheStoreIsAwayReturnsWithoutWaiting() async throws {
        let bench = WorkerBench()
        bench.store.setAway(true)
        // Nobody moves the clock: a pause that shutdown does not end would never end.
        try await bench.run { bench in await bench.laneClock.waitForSleepers() }
        #expect(bench.queue.record.opened == 0)
    }

    @Test func shutdownWhileTheBrokerIsAwayReturnsWithoutWaiting() async throws {
        let bench = WorkerBench()
        bench.intake.refuseOpening(1)
        try await bench.run { bench in await bench.laneClock.waitForSleepers() }
        #expect(bench.queue.record.opened == 0)
    }

    @Test func shutdownDuringConnectingTakesNothing() async throws {
        let bench = WorkerBench()
        bench.intake.holdOpening()
        bench.publishCreates(["first"])
        try await bench.run { bench in
            await bench.intake.waitUntilOpening()
            await bench.worker.beginShutdown()
            bench.intake.releaseOpening()
        }
        #expect(bench.queue.record.delivered.isEmpty)
        #expect(bench.queue.readyCount == 1)
    }

    @Test func shutdownDuringAnOutageKeepsTryingWhatIsInHand() async throws {
        let bench = WorkerBench()
        try await bench.run { bench in
            await bench.queue.waitUntilQuiet()
            bench.store.setAway(true)
            bench.publishCreates(["first"])
            await bench.laneClock.waitForSleepers()
            await bench.worker.beginShutdown()
            bench.store.setAway(false)
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(1) }
        }
        #expect(bench.store.orderIDs.count == 1)
    }

    @Test func cancellationHandsEverythingBackAtOnce() async throws {
        let bench = WorkerBench()
        bench.store.hold()
        bench.publishCreates(["first", "second"])
        try await bench.runUntilCancelled { bench in await bench.store.waitUntilHeld() }
        #expect(bench.queue.readyCount == 2)
        #expect(bench.queue.record.settled.isEmpty)
        #expect(!bench.observer.record.story.contains("store away"), "being cancelled is no outage")
    }

    @Test func cancellationEndsEveryWait() async throws {
        let quiet = WorkerBench()
        try await quiet.runUntilCancelled { bench in await bench.queue.waitUntilQuiet() }

        let connecting = WorkerBench()
        connecting.intake.holdOpening()
        try await connecting.runUntilCancelled { bench in await bench.intake.waitUntilOpening() }

        let storeAway = WorkerBench()
        storeAway.store.setAway(true)
        try await storeAway.runUntilCancelled { bench in await bench.laneClock.waitForSleepers() }

        let outage = WorkerBench()
        outage.store.fail(.unavailable)
        outage.publishCreates(["first"])
        try await outage.runUntilCancelled { bench in await bench.laneClock.waitForSleepers() }
        #expect(outage.queue.readyCount == 1)

        let responderAway = WorkerBench()
        responderAway.responder.setAway(true)
        responderAway.queue.publish(Sample.context("refused"), .refused(Refusal(.validationFailed, "No"), nil))
        try await responderAway.runUntilCancelled { bench in await bench.laneClock.waitForSleepers() }
        #expect(responderAway.queue.readyCount == 1)

        let publisherAway = WorkerBench()
        publisherAway.publisher.setAway(true)
        publisherAway.publishCreates(["first"])
        try await publisherAway.runUntilCancelled { bench in
            await bench.publisher.waitForRecord { $0.waiting == 1 }
        }
        #expect(publisherAway.store.staged.count == 1)
    }

    @Test func shutdownWhileEventsCannotBePublishedLeavesThemInTheOutbox() async throws {
        let bench = WorkerBench()
        bench.publisher.setAway(true)
        bench.publishCreates(["first"])
        try await bench.run { bench in await bench.publisher.waitForRecord { $0.waiting == 1 } }
        #expect(bench.queue.record.settled == ["first"])
        #expect(bench.store.staged.count == 1)
    }
}
