import OrderTestKit
import OrderWorker
import Orders
import Testing

@Suite(.timeLimit(.minutes(3))) struct LaneOutageTests {
    @Test func outageOfTheStoreIsWaitedOutAndSaidOnce() async throws {
        let bench = WorkerBench(prefetch: 10)
        try await bench.run { bench in
            await bench.queue.waitUntilQuiet()
            bench.store.setAway(true)
            bench.publishCreates((0..<30).map { "order-\($0)" })
            // The relay sleeps by a clock of its own.
            for _ in 0..<20 { await bench.laneClock.advanceToNextSleeper() }
            #expect(bench.queue.record.settled.isEmpty)
            #expect(bench.queue.readyCount == 20, "consuming pauses at the prefetch")
            bench.store.setAway(false)
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(30) }
        }
        #expect(bench.observer.record.story == ["opened", "store away", "store back", "stopped"])
        #expect(bench.responder.record.letters.isEmpty)
        #expect(bench.store.orderIDs.count == 30)
        #expect(bench.queue.record.delivered.count == 30, "nothing was handed back")
    }

    @Test func longOutageHandsBackAndReopensOnlyWhenTheStoreAnswers() async throws {
        let bench = WorkerBench(holdLimit: .seconds(60))
        try await bench.run { bench in
            await bench.queue.waitUntilQuiet()
            bench.store.setAway(true)
            bench.publishCreates(["first", "second"])
            await bench.whileLanesHurry { await bench.queue.waitForRecord { $0.returned == 2 } }
            let pings = bench.store.log.pings
            await bench.whileLanesHurry { await bench.store.waitForLog { $0.pings >= pings + 20 } }
            #expect(bench.queue.record.opened == 1)
            #expect(bench.queue.readyCount == 2)
            bench.store.setAway(false)
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(2) }
        }
        #expect(bench.laneClock.uptime > .seconds(60))
        #expect(bench.observer.record.story == ["opened", "store away", "lost", "store back", "opened", "stopped"])
        #expect(bench.queue.record.opened == 2)
        #expect(bench.responder.record.letters.isEmpty)
    }

    @Test func contentionIsHandedBackToo() async throws {
        let bench = WorkerBench(holdLimit: .seconds(60))
        // Some hundred tries are made in the time that a delivery may be held.
        bench.store.fail(Array(repeating: .contended, count: 150))
        try await bench.run { bench in
            bench.publishCreates(["first"])
            await bench.whileLanesHurry { await bench.queue.waitForRecord { $0.returned == 1 } }
            #expect(bench.queue.record.settled.isEmpty)
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(1) }
        }
        #expect(bench.store.orderIDs.count == 1)
    }

    @Test(arguments: [
        (IncomingCommand.Reading.refused(Refusal(.validationFailed, "No"), nil), true),
        (.refused(Refusal(.validationFailed, "No"), nil), false),
        (.undecided(reason: "no keys"), true),
    ])
    func whatCannotBeMadeSafeIsHandedBackBeforeTheBrokerTakesIt(
        reading: IncomingCommand.Reading,
        wantsReply: Bool
    ) async throws {
        let bench = WorkerBench(holdLimit: .seconds(60))
        bench.responder.setAway(true)
        try await bench.run { bench in
            bench.queue.publish(Sample.context("stuck", wantsReply: wantsReply), reading)
            await bench.whileLanesHurry {
                await bench.queue.waitForRecord { $0.returned == 1 || !$0.settled.isEmpty }
            }
            #expect(bench.queue.record.settled.isEmpty)
            bench.responder.setAway(false)
            await bench.whileLanesHurry { await bench.queue.waitUntilEmpty() }
        }
        let record = bench.responder.record
        #expect(record.confirmedReplies.count + record.letters.count + record.postponed.count == 1)
    }

    @Test func laneStartsOnlyWhenTheStoreAnswers() async throws {
        let bench = WorkerBench()
        bench.store.setAway(true)
        bench.publishCreates(["waiting"])
        try await bench.run { bench in
            for _ in 0..<5 { await bench.laneClock.advanceToNextSleeper() }
            #expect(bench.queue.record.opened == 0)
            bench.store.setAway(false)
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(1) }
        }
        #expect(bench.observer.record.story == ["store away", "store back", "opened", "stopped"])
    }

    /// After anything but an outage, the event waited for the regular look.
    @Test(arguments: [StoreFault.unavailableAfterCommit, .contendedAfterCommit])
    func commitThatHappenedUnseenIsNeitherLostNorDoubled(fault: StoreFault) async throws {
        let bench = WorkerBench()
        try await bench.run { bench in
            // The two looks at the start are over.
            await bench.store.waitForLog { $0.scans == 1 }
            await bench.relayClock.advanceToNextSleeper()
            await bench.store.waitForLog { $0.scans == 2 }
            bench.store.fail(fault)
            bench.publishCreates(["unseen"])
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(1) }
            #expect(bench.responder.record.replies.map(\.outcome.isReplay) == [true])
            // Nobody has the event in memory; the relay looks for it soon.
            for _ in 0..<2 { await bench.relayClock.advanceToNextSleeper() }
            await bench.publisher.waitUntilTaken(1)
        }
        #expect(bench.publisher.record.taken.map(\.orderID) == [Sample.orderID("unseen")])
    }

    @Test func brokerThatStaysAwayIsSaidOnce() async throws {
        let bench = WorkerBench()
        bench.intake.refuseOpening(20)
        bench.publishCreates(["first"])
        try await bench.run { bench in
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(1) }
        }
        #expect(bench.observer.record.story == ["lost", "opened", "stopped"])
    }

    @Test func connectionThatIsLostIsNotReopenedWithoutAPause() async throws {
        let bench = WorkerBench()
        try await bench.run { bench in
            for loss in 1...5 {
                await bench.queue.waitUntilQuiet()
                #expect(bench.queue.record.opened == loss)
                bench.intake.loseConnection()
                await bench.laneClock.waitForSleepers()
                #expect(bench.queue.record.opened == loss)
                await bench.laneClock.advanceToNextSleeper()
                await bench.queue.waitForRecord { $0.opened == loss + 1 }
            }
            let pauses = bench.laneClock.requestedSleeps
            #expect(pauses.count == 5)
            #expect(pauses.last.map { $0 > .milliseconds(500) } == true, "the pauses grow")
        }
    }

    @Test func lostConnectionBringsEverythingAgain() async throws {
        let bench = WorkerBench()
        try await bench.run { bench in
            bench.store.hold()
            bench.publishCreates((0..<10).map { "order-\($0)" })
            await bench.store.waitUntilHeld()
            bench.intake.loseConnection()
            bench.store.release()
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(10) }
        }
        #expect(bench.store.orderIDs.count == 10)
        #expect(bench.queue.record.settled == (0..<10).map { "order-\($0)" })
        #expect(bench.queue.record.violations.isEmpty)
        #expect(Set(bench.publisher.record.taken.map(\.id)).count == 10)
    }

    @Test func lossThatOnlySettlingNoticesEndsTheSession() async throws {
        let bench = WorkerBench()
        try await bench.run { bench in
            bench.intake.failSettling(1)
            bench.publishCreates(["first"])
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(1) }
        }
        #expect(bench.observer.record.story == ["opened", "lost", "opened", "stopped"])
        #expect(bench.queue.record.delivered == ["first", "first"])
    }

    @Test func whatTheFirstHalfStoredIsPublishedThoughTheSecondWasGivenUp() async throws {
        let bench = WorkerBench()
        bench.store.reject(customerID: "poison")
        bench.store.hold()
        try await bench.run { bench in
            bench.publishCreates(["warm-up"])
            await bench.store.waitUntilHeld()
            bench.queue.publish([("good", Sample.create("good")), ("bad", Sample.create("bad", customerID: "poison"))])
            await bench.queue.waitForRecord { $0.delivered.count == 3 }
            // Warm-up, then both are refused, then the first is stored; then the store is away.
            bench.store.fail(nil, nil, nil, .unavailable)
            bench.store.release()
            await bench.publisher.waitUntilTaken(2)
            #expect(bench.publisher.record.taken.map(\.orderID).last == Sample.orderID("good"))
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(3) }
        }
    }
}
