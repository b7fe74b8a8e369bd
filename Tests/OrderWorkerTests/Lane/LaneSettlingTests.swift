import OrderTestKit
import OrderWorker
import Orders
import Testing

@Suite(.timeLimit(.minutes(3))) struct LaneSettlingTests {
    @Test func nothingIsSettledBeforeItsCommit() async throws {
        try await WorkerBench().run { bench in
            bench.store.hold()
            bench.publishCreates(["first"])
            await bench.store.waitUntilHeld()
            bench.publishCreates(["second"])
            await bench.queue.waitForRecord { $0.delivered.count == 2 }
            #expect(bench.queue.record.settled.isEmpty)
            #expect(bench.responder.record.replies.isEmpty)
            bench.store.release()
            await bench.queue.waitUntilSettled(2)
            #expect(bench.queue.record.settled == ["first", "second"])
        }
    }

    @Test func whatArrivesDuringACommitIsOneBatch() async throws {
        try await WorkerBench().run { bench in
            bench.store.hold()
            bench.publishCreates(["first"])
            await bench.store.waitUntilHeld()
            bench.publishCreates((0..<50).map { "next-\($0)" })
            await bench.queue.waitForRecord { $0.delivered.count == 51 }
            bench.store.release()
            await bench.queue.waitUntilSettled(51)
            #expect(bench.store.log.batchSizes == [1, 50])
            #expect(bench.queue.record.settlements == [1, 50])
            #expect(bench.queue.record.violations.isEmpty)
        }
    }

    @Test func batchIsNoLargerThanItsLimit() async throws {
        try await WorkerBench(batchLimit: 10).run { bench in
            bench.publishCreates((0..<95).map { "order-\($0)" })
            await bench.queue.waitUntilSettled(95)
            #expect(bench.store.log.batchSizes.allSatisfy { $0 <= 10 })
            #expect(bench.queue.record.settled == (0..<95).map { "order-\($0)" })
        }
    }

    @Test func largeCommandsMakeSmallBatches() async throws {
        try await WorkerBench().run { bench in
            bench.store.hold()
            bench.publishCreates(["first"])
            await bench.store.waitUntilHeld()
            let large = (0..<7).map { "large-\($0)" }
            bench.queue.publish(large.map { ($0, Sample.create($0)) }, byteCount: 1 << 20)
            await bench.queue.waitForRecord { $0.delivered.count == 8 }
            bench.store.release()
            await bench.queue.waitUntilSettled(8)
            #expect(bench.store.log.batchSizes == [1, 4, 3])
            #expect(bench.queue.record.settled == ["first"] + large)
        }
    }

    @Test func everyoneWhoAskedGetsAReply() async throws {
        try await WorkerBench().run { bench in
            bench.publishCreates(["asked", "asked too"].map { $0.replacing(" ", with: "-") })
            bench.publishCreates(["fire-and-forget"], wantsReply: false)
            await bench.queue.waitUntilSettled(3)
            let replies = bench.responder.record.replies
            #expect(replies.map(\.context.requestID) == ["asked", "asked-too"])
            #expect(replies.map(\.outcome.status) == [201, 201])
            #expect(bench.store.orderIDs.contains(Sample.orderID("fire-and-forget")))
        }
    }

    @Test func sameOrderSentAgainGetsTheSameAnswer() async throws {
        try await WorkerBench().run { bench in
            bench.queue.publish([("one", Sample.create("same"))])
            await bench.queue.waitUntilSettled(1)
            bench.laneClock.advance(by: .seconds(9))
            bench.queue.publish([("two", Sample.create("same")), ("three", Sample.create("same"))])
            await bench.queue.waitUntilSettled(3)
            let outcomes = bench.responder.record.replies.map(\.outcome)
            let order = CreatedOrder(id: Sample.orderID("same"), createdAt: Sample.moment)
            #expect(outcomes == [false, true, true].map { .created(order, isReplay: $0) })
        }
    }

    @Test func settledBatchIsReportedWithItsTimes() async throws {
        let bench = WorkerBench()
        try await bench.run { bench in
            bench.store.hold()
            bench.publishCreates(["first"])
            await bench.store.waitUntilHeld()
            bench.laneClock.advance(by: .seconds(2))
            bench.store.release()
            await bench.queue.waitUntilSettled(1)
        }
        let report = try #require(bench.observer.record.batches.first)
        #expect(report.committing == .seconds(2))
        #expect(report.commands.map(\.orderID) == [Sample.orderID("first")])
        #expect(report.commands.map(\.isDeadLetter) == [false])
    }
}
