import OrderRecovery
import OrderTestKit
import Orders
import Testing

@Suite(.timeLimit(.minutes(2)))
struct LetterKeeperTests {
    @Test func lettersAreKeptAndThenAcknowledged() async throws {
        let bench = RecoveryBench()
        bench.queue.publish(Sample.letter("one"), Sample.letter("two"))
        await bench.run({ await bench.keeper.run() }, during: { await bench.queue.waitUntilSettled(2) })
        #expect(bench.queue.settled == [Sample.letter("one").id, Sample.letter("two").id])
        #expect(try await bench.count(.kept) == 2)
    }

    @Test func whileTheStoreIsAwayNothingIsAcknowledged() async throws {
        let bench = RecoveryBench()
        bench.store.goAway()
        bench.queue.publish(Sample.letter("one"))
        let task = Task { await bench.keeper.run() }
        await bench.queue.waitUntilDelivered(1)
        for _ in 0..<5 { await bench.clock.advanceToNextSleeper() }
        #expect(bench.queue.settled.isEmpty)
        bench.store.comeBack()
        await bench.clock.hurry { await bench.queue.waitUntilSettled(1) }
        task.cancel()
        await task.value
        #expect(bench.queue.deliveryCount == 1)
    }

    @Test func whatIsLostBetweenCommitAndAcknowledgementIsOneEntry() async throws {
        let bench = RecoveryBench()
        bench.queue.failSettling(1)
        bench.queue.publish(Sample.letter("one"))
        await bench.run({ await bench.keeper.run() }, during: { await bench.queue.waitUntilSettled(1) })
        #expect(bench.queue.deliveryCount == 2)
        let page = try await bench.store.list(LetterFilter(), within: .all, after: nil, limit: 10)
        #expect(page.letters.map(\.arrivals) == [1])
    }
}
