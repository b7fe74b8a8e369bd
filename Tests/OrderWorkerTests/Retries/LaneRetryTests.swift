import OrderTestKit
import OrderWorker
import Orders
import Testing

@Suite(.timeLimit(.minutes(3))) struct LaneRetryTests {
    private static let stuck = "stuck"

    /// Publishes good orders around one that is obstructed, so that they are one batch.
    private static func publishBatch(to bench: WorkerBench, history: DeliveryHistory = .new) {
        bench.queue.publish(
            ["good-1", stuck, "good-2"].map { id in
                InMemoryMessage(
                    Sample.context(id),
                    .accepted(Sample.create(id, customerID: id), Sample.caller()),
                    history: id == stuck ? history : .new
                )
            }
        )
    }

    @Test func obstructedCommandWaitsAndItsNeighboursAreDone() async throws {
        let bench = WorkerBench()
        bench.store.obstruct(customerID: Self.stuck)
        try await bench.run { bench in
            Self.publishBatch(to: bench)
            await bench.whileLanesHurry { await bench.responder.waitForRecord { $0.postponed.count == 1 } }
            bench.store.obstruct(customerID: Self.stuck, false)
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(4) }
        }
        let postponement = try #require(bench.responder.record.postponed.first)
        #expect(postponement.command.context.requestID == Self.stuck)
        #expect(postponement.delay == .fiveSeconds)
        #expect(postponement.history == DeliveryHistory(attempt: 2, firstFailure: postponement.history.firstFailure))
        #expect(postponement.history.firstFailure != nil)
        #expect(bench.store.orderIDs.count == 3)
        #expect(bench.responder.record.letters.isEmpty)
        #expect(bench.observer.record.story == ["opened", "stopped"], "that was no outage")
    }

    @Test(arguments: [(2, RetryDelay.thirtySeconds), (3, .fiveMinutes)])
    func laterAttemptsWaitLongerAndKeepTheFirstFailure(attempt: Int, delay: RetryDelay) async throws {
        let bench = WorkerBench()
        bench.store.obstruct(customerID: Self.stuck)
        let first = Timestamp(milliseconds: 1)
        try await bench.run { bench in
            Self.publishBatch(to: bench, history: DeliveryHistory(attempt: attempt, firstFailure: first))
            await bench.whileLanesHurry { await bench.responder.waitForRecord { !$0.postponed.isEmpty } }
            bench.store.obstruct(customerID: Self.stuck, false)
            await bench.whileLanesHurry { await bench.queue.waitUntilEmpty() }
        }
        let postponement = try #require(bench.responder.record.postponed.first)
        #expect(postponement.delay == delay)
        #expect(postponement.history == DeliveryHistory(attempt: attempt + 1, firstFailure: first))
    }

    @Test func lastAttemptEndsAmongTheDeadWithItsHistory() async throws {
        let bench = WorkerBench()
        bench.store.obstruct(customerID: Self.stuck)
        let history = DeliveryHistory(attempt: 4, firstFailure: Timestamp(milliseconds: 1))
        try await bench.run { bench in
            Self.publishBatch(to: bench, history: history)
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(3) }
        }
        let letter = try #require(bench.responder.record.letters.first)
        #expect(letter.refusal.code == .internalError)
        #expect(letter.refusal.message.contains("55P03"))
        #expect(letter.attempts == 4)
        #expect(letter.command.history == history)
        #expect(bench.responder.record.postponed.isEmpty)
        #expect(bench.responder.record.replies.map(\.outcome.status).sorted() == [201, 201, 500])
    }

    @Test func lonelyCommandIsNotToBlameUntilOthersPassIt() async throws {
        let bench = WorkerBench()
        bench.store.obstruct(customerID: Self.stuck)
        try await bench.run { bench in
            bench.publishCreates([Self.stuck], customerID: Self.stuck)
            await bench.whileLanesHurry { await bench.store.waitForLog { $0.batchSizes.count > 20 } }
            #expect(bench.responder.record.postponed.isEmpty, "nothing shows that it is its own fault")
            bench.publishCreates(["other"])
            await bench.whileLanesHurry { await bench.responder.waitForRecord { !$0.postponed.isEmpty } }
            bench.store.obstruct(customerID: Self.stuck, false)
            await bench.whileLanesHurry { await bench.queue.waitUntilEmpty() }
        }
        #expect(bench.store.orderIDs.count == 2)
        #expect(bench.responder.record.letters.isEmpty)
    }

    @Test func obstructionOfEverythingIsAnOutageAndCountsNoAttempt() async throws {
        let bench = WorkerBench()
        bench.store.obstruct(customerID: "cust_123")
        try await bench.run { bench in
            bench.publishCreates((0..<20).map { "order-\($0)" })
            await bench.whileLanesHurry { await bench.store.waitForLog { $0.batchSizes.count > 200 } }
            bench.store.obstruct(customerID: "cust_123", false)
            await bench.whileLanesHurry { await bench.queue.waitUntilSettled(20) }
        }
        #expect(bench.responder.record.postponed.isEmpty)
        #expect(bench.responder.record.letters.isEmpty)
        #expect(bench.observer.record.story == ["opened", "store away", "store back", "stopped"])
        #expect(bench.store.orderIDs.count == 20)
    }

    /// Symptom: hundreds of locked orders were tried one by one, until the broker took all deliveries away by force.
    @Test func searchEndsBeforeTheBrokerWouldTakeTheBatchAway() async throws {
        let bench = WorkerBench(holdLimit: .seconds(2))
        bench.store.obstruct(customerID: Self.stuck)
        try await bench.run { bench in
            bench.queue.publish(
                (0..<100).map { number in
                    let id = "order-\(number)"
                    let customerID = number == 0 ? id : Self.stuck
                    return InMemoryMessage(
                        Sample.context(id),
                        .accepted(Sample.create(id, customerID: customerID), Sample.caller())
                    )
                }
            )
            await bench.whileLanesHurry { await bench.responder.waitForRecord { $0.postponed.count >= 99 } }
            bench.store.obstruct(customerID: Self.stuck, false)
            await bench.whileLanesHurry { await bench.queue.waitUntilEmpty() }
        }
        let attempts = bench.responder.record.postponed.prefix(99).map(\.history.attempt)
        #expect(attempts.contains(2), "some were found out")
        #expect(attempts.contains(1), "those that were not are not blamed")
        #expect(bench.queue.record.returned == 0)
        #expect(bench.store.orderIDs.count == 100)
    }

    @Test func nothingIsSettledBeforeTheLaterTryIsSafe() async throws {
        let bench = WorkerBench()
        bench.store.obstruct(customerID: Self.stuck)
        bench.responder.losePostponements(2)
        try await bench.run { bench in
            Self.publishBatch(to: bench)
            await bench.whileLanesHurry { await bench.responder.waitForRecord { !$0.postponed.isEmpty } }
            bench.store.obstruct(customerID: Self.stuck, false)
            await bench.whileLanesHurry { await bench.queue.waitUntilEmpty() }
        }
        #expect(bench.queue.record.settled.filter { $0 == Self.stuck }.count == 2)
        #expect(bench.responder.record.tries >= 3)
        #expect(bench.store.orderIDs.count == 3)
    }
}
