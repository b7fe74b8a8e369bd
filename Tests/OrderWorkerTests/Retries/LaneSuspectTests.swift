import OrderTestKit
import OrderWorker
import Orders
import Testing

@Suite(.timeLimit(.minutes(3))) struct LaneSuspectTests {
    private static func message(_ id: String, returns: Int) -> InMemoryMessage {
        InMemoryMessage(
            Sample.context(id),
            .accepted(Sample.create(id), Sample.caller()),
            history: DeliveryHistory(returns: returns)
        )
    }

    @Test func oneReturnChangesNothing() async throws {
        let bench = WorkerBench()
        bench.queue.publish((0..<10).map { Self.message("order-\($0)", returns: 1) })
        try await bench.run { bench in await bench.queue.waitUntilSettled(10) }
        #expect(bench.store.log.batchSizes == [10])
        #expect(bench.queue.record.readAlone.isEmpty)
    }

    @Test func suspectsStandApart() async throws {
        let bench = WorkerBench()
        bench.queue.publish(
            [("a", 0), ("b", 1), ("suspect-1", 2), ("c", 0), ("suspect-2", 3), ("suspect-3", 3), ("d", 0), ("e", 0)]
                .map(Self.message)
        )
        try await bench.run { bench in await bench.queue.waitUntilSettled(8) }
        #expect(bench.store.log.batchSizes == [2, 1, 1, 2, 2])
        #expect(bench.queue.record.settlements == [2, 1, 1, 2, 2])
        #expect(bench.queue.record.readAlone == ["suspect-1", "suspect-2", "suspect-3"])
        #expect(bench.store.orderIDs.count == 8)
    }

    @Test func suspectThatWasInHandWhenAProcessEndedStandsAlone() async throws {
        let bench = WorkerBench()
        bench.ledger.setDeaths(1, of: "c")
        bench.queue.publish(["a", "b", "c", "d", "e"].map { Self.message($0, returns: 2) })
        try await bench.run { bench in await bench.queue.waitUntilSettled(5) }
        #expect(bench.store.log.batchSizes == [2, 1, 2])
        #expect(bench.queue.record.settlements == [2, 1, 2])
    }

    @Test func innocentsAfterACrashAreDoneInGroups() async throws {
        let bench = WorkerBench(batchLimit: 500)
        bench.queue.publish((0..<250).map { Self.message("order-\($0)", returns: 3) })
        try await bench.run { bench in await bench.queue.waitUntilSettled(250) }
        #expect(bench.store.log.batchSizes == [100, 100, 50])
    }

    @Test func suspectIsNotEvenReadBeforeAllBeforeItIsSettled() async throws {
        let bench = WorkerBench()
        bench.store.hold()
        bench.queue.publish([("a", 0), ("suspect", 2), ("b", 0)].map(Self.message))
        try await bench.run { bench in
            await bench.store.waitUntilHeld()
            #expect(bench.queue.record.readAlone.isEmpty)
            bench.store.release()
            await bench.queue.waitForRecord { !$0.readAlone.isEmpty }
            #expect(bench.queue.record.settled.first == "a")
            await bench.queue.waitUntilSettled(3)
        }
    }

    @Test func suspectIsNotReadWhileTheAnswerBeforeItIsNotSafe() async throws {
        let bench = WorkerBench()
        bench.responder.setAway(true)
        bench.queue.publish(Sample.context("refused"), .refused(Refusal(.validationFailed, "No"), nil))
        bench.queue.publish([Self.message("suspect", returns: 2)])
        try await bench.run { bench in
            await bench.responder.waitForRecord { $0.tries >= 1 }
            for _ in 0..<3 { await bench.laneClock.advanceToNextSleeper() }
            #expect(bench.queue.record.readAlone.isEmpty)
            bench.responder.setAway(false)
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(2) }
        }
        #expect(bench.queue.record.settled == ["refused", "suspect"])
    }

    @Test func culpritThatAlwaysKillsIsBuriedUnreadAndItsNeighboursAreNot() async throws {
        let bench = WorkerBench()
        bench.ledger.setDeaths(8, of: "culprit")
        bench.queue.publish([("neighbour-1", 10), ("culprit", 10), ("neighbour-2", 10)].map(Self.message))
        try await bench.run { bench in await bench.queue.waitUntilSettled(3) }
        let letter = try #require(bench.responder.record.letters.first)
        #expect(bench.responder.record.letters.count == 1)
        #expect(letter.command.context.requestID == "culprit")
        #expect(letter.refusal.code == .deliveryLimit)
        #expect(letter.attempts == 10)
        #expect(letter.caller == Sample.caller(), "an operator must know whose it was")
        #expect(bench.queue.record.readAlone == ["neighbour-1", "neighbour-2"])
        #expect(bench.store.orderIDs.count == 2)
        let told = try #require(bench.responder.record.replies.first { $0.context.requestID == "culprit" })
        #expect(told.outcome.status == 500)
        #expect(bench.observer.commands.map(\.isDeadLetter) == [false, true, false])
        #expect(bench.ledger.taken("culprit") == 0, "sent again, it is innocent until it kills")
    }

    /// The first that a new worker finds may be one whose acknowledgement was lost with the old one.
    @Test(arguments: [2, 10, 20, 49]) func returnsAloneBuryNothing(returns: Int) async throws {
        let bench = WorkerBench()
        bench.queue.publish([("first", returns), ("second", returns)].map(Self.message))
        try await bench.run { bench in await bench.queue.waitUntilSettled(2) }
        #expect(bench.responder.record.letters.isEmpty)
        #expect(bench.store.orderIDs.count == 2)
    }

    /// Its token may be what it kills with.
    @Test func culpritThatKillsEvenThenIsBuriedUnseen() async throws {
        let bench = WorkerBench()
        bench.ledger.setDeaths(12, of: "culprit")
        bench.queue.publish([("culprit", 15)].map(Self.message))
        try await bench.run { bench in await bench.queue.waitUntilSettled(1) }
        let letter = try #require(bench.responder.record.letters.first)
        #expect(letter.refusal.code == .deliveryLimit)
        #expect(letter.caller == nil)
    }

    @Test func suspectIsInTheLedgerWhileItIsInHand() async throws {
        let bench = WorkerBench()
        bench.store.hold()
        bench.queue.publish([Self.message("suspect", returns: 2)])
        try await bench.run { bench in
            await bench.store.waitUntilHeld()
            #expect(bench.ledger.taken("suspect") == 1)
            bench.store.release()
            await bench.queue.waitUntilSettled(1)
        }
        #expect(bench.ledger.taken("suspect") == 0)
    }

    /// Each lost reply counted as one more process that ended with it.
    @Test func takingWhoseReplyIsLostCountsOnce() async throws {
        let bench = WorkerBench()
        bench.ledger.loseTakings(3)
        bench.store.hold()
        bench.queue.publish([Self.message("suspect", returns: 2)])
        try await bench.run { bench in
            await bench.whileLanesHurry { await bench.store.waitUntilHeld() }
            #expect(bench.ledger.taken("suspect") == 1)
            bench.store.release()
            await bench.queue.waitUntilSettled(1)
        }
    }

    @Test func suspectIsNotTouchedWhileTheLedgerIsAway() async throws {
        let bench = WorkerBench()
        bench.ledger.setAway(true)
        bench.queue.publish([Self.message("suspect", returns: 2)])
        try await bench.run { bench in
            await bench.whileLanesHurry { await bench.ledger.waitForTries(3) }
            #expect(bench.queue.record.readAlone.isEmpty)
            bench.ledger.setAway(false)
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(1) }
        }
        #expect(bench.store.orderIDs.count == 1)
    }

    /// A worker that is told to leave in the middle has not died of it.
    @Test func cancellationWithASuspectInHandIsNoDeath() async throws {
        let bench = WorkerBench()
        bench.store.hold()
        bench.queue.publish([Self.message("suspect", returns: 2)])
        try await bench.runUntilCancelled { bench in await bench.store.waitUntilHeld() }
        #expect(bench.ledger.taken("suspect") == 0)
        #expect(bench.queue.record.settled.isEmpty)
    }

    @Test func suspectsOfSeveralLanesAreHandledOneAfterTheOther() async throws {
        let bench = WorkerBench(lanes: 2, prefetch: 1)
        bench.store.hold()
        bench.queue.publish([("suspect-1", 2), ("suspect-2", 2)].map(Self.message))
        try await bench.run { bench in
            await bench.store.waitUntilHeld()
            await bench.queue.waitForRecord { $0.delivered.count == 2 }
            #expect(bench.queue.record.readAlone.count == 1)
            bench.store.release()
            await bench.queue.waitUntilSettled(2)
        }
        #expect(bench.queue.record.readAlone.count == 2)
    }

    @Test func connectionThatIsLostWithASuspectInHandBringsItAgain() async throws {
        let bench = WorkerBench()
        bench.store.hold()
        bench.queue.publish([("a", 0), ("suspect", 2), ("b", 0)].map(Self.message))
        try await bench.run { bench in
            await bench.store.waitUntilHeld()
            bench.intake.loseConnection()
            bench.store.release()
            await bench.whileLanesHurry { await bench.queue.waitUntilEmpty() }
        }
        #expect(bench.store.orderIDs.count == 3)
        #expect(bench.queue.record.violations.isEmpty)
        #expect(bench.responder.record.letters.isEmpty)
        #expect(bench.ledger.taken("suspect") == 0, "nothing ended with it")
    }

    @Test func obstructedSuspectComesAgainAsOneOfMany() async throws {
        let bench = WorkerBench()
        bench.store.obstruct(customerID: "cust_123")
        bench.queue.publish([Self.message("suspect", returns: 2)])
        try await bench.run { bench in
            await bench.whileLanesHurry { await bench.responder.waitForRecord { !$0.postponed.isEmpty } }
            bench.store.obstruct(customerID: "cust_123", false)
            await bench.whileLanesHurry { await bench.queue.waitUntilEmpty() }
        }
        #expect(bench.responder.record.postponed.first?.history.attempt == 1, "nothing shows whose fault it is")
        #expect(bench.store.orderIDs.count == 1)
    }
}
