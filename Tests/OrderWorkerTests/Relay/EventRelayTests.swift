import OrderTestKit
import OrderWorker
import Orders
import Testing

@Suite(.timeLimit(.minutes(3))) struct EventRelayTests {
    private static func versions(_ events: [StagedEvent]) -> [Int32] { events.map(\.version) }

    @Test func eventsAreDeletedOnlyWhenConfirmed() async throws {
        let bench = RelayBench()
        try await bench.run { bench in
            bench.publisher.hold()
            bench.commit("first")
            await bench.publisher.waitUntilHeld()
            #expect(bench.store.staged.count == 1)
            bench.publisher.release()
            await bench.store.waitUntilOutboxIsEmpty()
        }
        #expect(bench.publisher.record.taken.map(\.id) == [Sample.event("first").id])
    }

    @Test func eventThatNobodyHearsIsDoneToo() async throws {
        let bench = RelayBench()
        bench.publisher.decide(.unheard)
        try await bench.run { bench in
            bench.commit("first")
            await bench.store.waitUntilOutboxIsEmpty()
        }
        #expect(bench.observer.record.rounds.map(\.unheard) == [1])
        #expect(bench.publisher.record.taken.count == 1)
    }

    @Test func eventThatFitsIntoNoMessageStopsNobodyElsesAndStaysInTheOutbox() async throws {
        let bench = RelayBench()
        let events = ["a", "b"].flatMap { [Sample.event($0), Sample.event($0, version: 2)] }
        bench.age(events)
        // The outbox is read in the order of its keys.
        let stuck = events.map(\.key).sorted().prefix(2)
        bench.publisher.decide(.unsendable, .confirmed, .confirmed)
        // Later looks find it as it was.
        bench.publisher.decide(Array(repeating: .unsendable, count: 1000))
        try await bench.run { bench in
            await bench.hurry { await bench.publisher.waitUntilTaken(2) }
        }
        #expect(bench.publisher.record.taken.map(\.key) == events.map(\.key).sorted().suffix(2))
        #expect(bench.store.staged.map(\.key).sorted() == Array(stuck))
        #expect(Set(bench.observer.record.rounds.flatMap(\.unsendable)) == Set(stuck.prefix(1)))
    }

    @Test func eventsWaitALittleForCompany() async throws {
        let bench = RelayBench { $0.linger = .milliseconds(10) }
        try await bench.run { bench in
            await bench.settle()
            bench.commit("a")
            // One sleeps until the next look through the outbox, the other lingers.
            await bench.clock.waitForSleepers(2)
            bench.commit("b")
            await bench.hurry { await bench.store.waitUntilOutboxIsEmpty() }
        }
        #expect(bench.publisher.record.rounds == [2])
    }

    @Test func unknownEventsAreSentAgainInOrderUnderTheSameID() async throws {
        let bench = RelayBench()
        try await bench.run { bench in
            await bench.occupyPublisher()
            bench.commit("a", "b", "c", "d")
            bench.publisher.decide(.confirmed, .confirmed, .lost, .takenUnseen, .confirmed)
            bench.publisher.release()
            await bench.hurry { await bench.store.waitUntilOutboxIsEmpty() }
        }
        let expected = ["warm-up", "a", "c", "d", "b", "c"].map { Sample.event($0).id }
        #expect(bench.publisher.record.taken.map(\.id) == expected)
    }

    @Test func orderOfAnOrdersEventsSurvivesALoss() async throws {
        // What a dead worker left: two events of one order, and the broker takes the first only at the second try.
        let bench = RelayBench()
        bench.age(Sample.event("a"), Sample.event("a", version: 2), Sample.event("b"))
        bench.publisher.decide(.lost, .lost)
        try await bench.run { bench in
            await bench.hurry { await bench.store.waitUntilOutboxIsEmpty() }
        }
        let taken = bench.publisher.record.taken
        #expect(Self.versions(taken.filter { $0.orderID == Sample.orderID("a") }) == [1, 2])
        #expect(taken.count == 3)
    }

    @Test func startLooksForWhatADeadWorkerLeft() async throws {
        let bench = RelayBench { $0.batchLimit.count = 3 }
        let left = (0..<10).map { Sample.event("left-\($0)") }
        bench.age(left)
        try await bench.run { bench in await bench.store.waitUntilOutboxIsEmpty() }
        #expect(bench.publisher.record.taken.map(\.key) == left.map(\.key).sorted())
        #expect(bench.publisher.record.rounds.allSatisfy { $0 <= 3 })
    }

    @Test func startFindsLaterWhatWasTooYoung() async throws {
        let bench = RelayBench()
        bench.store.stage(Sample.event("young"))
        try await bench.run { bench in
            await bench.settle()
            #expect(bench.publisher.record.taken.isEmpty)
            await bench.clock.advanceToNextSleeper()
            await bench.store.waitUntilOutboxIsEmpty()
        }
    }

    @Test func eventBehindAnOlderOneGoesThroughTheOutbox() async throws {
        let bench = RelayBench()
        try await bench.run { bench in
            await bench.settle()
            // Another worker committed the first and died; ours committed the second.
            bench.store.stage(Sample.event("a"))
            bench.commit(Sample.event("a", version: 2, isBehindOlder: true))
            await bench.store.waitUntilOutboxIsEmpty()
        }
        #expect(Self.versions(bench.publisher.record.taken) == [1, 2])
    }

    @Test func createAndCancelOfOneBatchGoOutInOrderAndOnce() async throws {
        let bench = RelayBench()
        try await bench.run { bench in
            await bench.settle()
            bench.commit(Sample.event("a"), Sample.event("a", version: 2, isBehindOlder: true))
            await bench.store.waitUntilOutboxIsEmpty()
        }
        #expect(Self.versions(bench.publisher.record.taken) == [1, 2])
    }

    /// With more in memory than goes out at once, the second event sent its order through the outbox while the first one
    /// still lay here, to be sent again behind it.
    @Test func whatIsReadFromTheOutboxIsNotSentFromMemoryAgain() async throws {
        let bench = RelayBench { $0.batchLimit.count = 2 }
        try await bench.run { bench in
            await bench.occupyPublisher()
            bench.commit("a", "b", "c")
            bench.commit(Sample.event("c", version: 2, isBehindOlder: true))
            bench.publisher.release()
            await bench.store.waitUntilOutboxIsEmpty()
        }
        let taken = bench.publisher.record.taken
        #expect(Self.versions(taken.filter { $0.orderID == Sample.orderID("c") }) == [1, 2])
        #expect(taken.count == 5)
    }

    @Test func whatALookFindsIsNotSentFromMemoryAgain() async throws {
        let bench = RelayBench { $0.batchLimit.count = 2 }
        try await bench.run { bench in
            await bench.occupyPublisher()
            bench.commit("a", "b", "c", "d")
            // The second look is due, and all of them are old enough for it.
            await bench.clock.advanceToNextSleeper()
            await bench.clock.waitForSleepers()
            bench.publisher.release()
            await bench.store.waitUntilOutboxIsEmpty()
        }
        #expect(bench.publisher.record.taken.count == 5)
    }

    @Test func longLookLetsWhatComesMeanwhileGoFirst() async throws {
        let bench = RelayBench { $0.batchLimit.count = 1 }
        bench.age((0..<20).map { Sample.event("left-\($0)") })
        bench.publisher.hold()
        try await bench.run { bench in
            await bench.publisher.waitUntilHeld()
            bench.commit("new")
            bench.publisher.release()
            await bench.store.waitUntilOutboxIsEmpty()
        }
        #expect(bench.publisher.record.taken.firstIndex { $0.orderID == Sample.orderID("new") } == 1)
    }

    @Test func whatDoesNotFitIntoMemoryIsFoundInTheOutbox() async throws {
        let bench = RelayBench { $0.bufferLimit.count = 5 }
        try await bench.run { bench in
            await bench.occupyPublisher()
            bench.commit((0..<20).map { Sample.event("order-\($0)") })
            bench.publisher.release()
            await bench.publisher.waitUntilTaken(6)
            await bench.hurry { await bench.store.waitUntilOutboxIsEmpty() }
        }
        #expect(Set(bench.publisher.record.taken.map(\.id)).count == 21)
    }

    @Test func ordersThatDoNotFitIntoMemoryAreFoundInTheOutbox() async throws {
        let bench = RelayBench { $0.bufferLimit.count = 2 }
        try await bench.run { bench in
            await bench.occupyPublisher()
            let events = (0..<6).map { Sample.event("order-\($0)", version: 2, isBehindOlder: true) }
            bench.store.stage((0..<6).map { Sample.event("order-\($0)") })
            bench.commit(events)
            bench.publisher.release()
            await bench.publisher.waitUntilTaken(5)
            #expect(bench.publisher.record.taken.count == 5, "two orders were remembered")
            await bench.hurry { await bench.store.waitUntilOutboxIsEmpty() }
        }
        for number in 0..<6 {
            let taken = bench.publisher.record.taken.filter { $0.orderID == Sample.orderID("order-\(number)") }
            #expect(Self.versions(taken) == [1, 2])
        }
    }

    /// Symptom: while the broker blocked its publishers, a few thousand of the largest orders took gigabytes of memory.
    @Test func bytesThatDoNotFitIntoMemoryAreFoundInTheOutbox() async throws {
        let bench = RelayBench { $0.bufferLimit.bytes = 1000 }
        try await bench.run { bench in
            await bench.occupyPublisher()
            bench.commit((0..<20).map { Sample.event("order-\($0)", payloadBytes: 400) })
            bench.publisher.release()
            await bench.publisher.waitUntilTaken(4)
            #expect(bench.publisher.record.taken.count == 4, "three were remembered")
            await bench.hurry { await bench.store.waitUntilOutboxIsEmpty() }
        }
        #expect(Set(bench.publisher.record.taken.map(\.id)).count == 21)
    }

    @Test func whatALookFindsIsReadAndPublishedByBytes() async throws {
        let bench = RelayBench { $0.batchLimit.bytes = 1000 }
        let left = (0..<10).map { Sample.event("left-\($0)", payloadBytes: 400) }
        bench.age(left)
        try await bench.run { bench in await bench.store.waitUntilOutboxIsEmpty() }
        #expect(bench.publisher.record.taken.map(\.key) == left.map(\.key).sorted())
        #expect(bench.publisher.record.rounds == [3, 3, 3, 1])
    }

    @Test func ordersThatGoThroughTheOutboxAreReadByPages() async throws {
        let bench = RelayBench { $0.batchLimit.bytes = 1000 }
        try await bench.run { bench in
            await bench.settle()
            bench.store.stage((0..<5).map { Sample.event("order-\($0)", payloadBytes: 400) })
            bench.commit(
                (0..<5).map { Sample.event("order-\($0)", version: 2, isBehindOlder: true, payloadBytes: 400) }
            )
            await bench.store.waitUntilOutboxIsEmpty()
        }
        let taken = bench.publisher.record.taken
        for number in 0..<5 {
            #expect(Self.versions(taken.filter { $0.orderID == Sample.orderID("order-\(number)") }) == [1, 2])
        }
        #expect(taken.count == 10)
        #expect(bench.publisher.record.rounds.allSatisfy { $0 <= 3 })
    }

    @Test func whatIsRefusedOnOnePageHoldsUpItsOrderOnTheNext() async throws {
        let bench = RelayBench { $0.batchLimit.bytes = 1 }
        bench.publisher.decide(Array(repeating: .refused, count: 1000))
        try await bench.run { bench in
            await bench.settle()
            bench.store.stage(Sample.event("order"))
            bench.commit(Sample.event("order", version: 2, isBehindOlder: true))
            await bench.publisher.waitForRecord { !$0.rounds.isEmpty }
        }
        #expect(bench.publisher.record.taken.isEmpty)
        #expect(bench.store.staged.count == 2)
    }

    @Test func failedDeleteMeansTheSameEventAgain() async throws {
        let bench = RelayBench()
        bench.store.failDeletes(1)
        try await bench.run { bench in
            bench.commit("first")
            await bench.hurry { await bench.store.waitUntilOutboxIsEmpty() }
        }
        let id = Sample.event("first").id
        #expect(bench.publisher.record.taken.map(\.id) == [id, id])
        #expect(bench.observer.record.story == ["outbox away", "outbox back"])
    }

    @Test func outboxThatStaysAwayIsSaidOnce() async throws {
        let bench = RelayBench()
        bench.store.setOutboxAway(true)
        bench.age([Sample.event("left")])
        try await bench.run { bench in
            for _ in 0..<10 { await bench.clock.advanceToNextSleeper() }
            await bench.observer.waitForRecord { $0.story == ["outbox away"] }
            bench.store.setOutboxAway(false)
            await bench.hurry { await bench.store.waitUntilOutboxIsEmpty() }
        }
        #expect(bench.observer.record.story == ["outbox away", "outbox back"])
    }

    @Test func brokerThatIsAwayIsWaitedForWithoutTrying() async throws {
        let bench = RelayBench()
        bench.publisher.setAway(true)
        try await bench.run { bench in
            bench.commit("first")
            await bench.publisher.waitForRecord { $0.waiting == 1 }
            #expect(bench.publisher.record.rounds.isEmpty)
            bench.publisher.setAway(false)
            await bench.store.waitUntilOutboxIsEmpty()
        }
        #expect(bench.publisher.record.rounds == [1])
    }

    @Test func quietRelayLooksNowAndThenForWhatOthersLeft() async throws {
        let bench = RelayBench()
        try await bench.run { bench in
            await bench.settle()
            for _ in 0..<3 { await bench.clock.advanceToNextSleeper() }
            bench.store.stage(Sample.event("of-another-worker"))
            for _ in 0..<12 { await bench.clock.advanceToNextSleeper() }
            await bench.store.waitUntilOutboxIsEmpty()
        }
        #expect(bench.store.log.scans < 8, "and no more often than it must")
    }
}
