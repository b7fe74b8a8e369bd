import OrderTestKit
import OrderWorker
import Orders
import Testing

/// Random schedules of commands and faults, and at the end a ledger: every command ended in exactly one way.
@Suite(.timeLimit(.minutes(3))) struct OrderWorkerLedgerTests {
    @Test(arguments: 0..<60 as Range<UInt64>)
    func everyCommandEndsInExactlyOneWay(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let plan = LedgerPlan(using: &generator)
        let bench = WorkerBench(lanes: plan.lanes, batchLimit: plan.batchLimit, prefetch: plan.prefetch)
        bench.store.reject(customerID: LedgerPlan.poisonousCustomer)
        try await bench.run { bench in
            var generator = SeededGenerator(seed: seed &+ 1)
            for step in plan.steps {
                for entry in step.entries { entry.publish(to: bench.queue) }
                step.fault.strike(bench, using: &generator)
                // Lets the lanes run into the fault, or past it: each schedule is another interleaving.
                for _ in 0..<Int.random(in: 0...20, using: &generator) { await Task.yield() }
            }
            bench.store.setAway(false)
            bench.responder.setAway(false)
            bench.publisher.setAway(false)
            await bench.laneClock.hurry {
                await bench.relayClock.hurry {
                    await bench.queue.waitUntilEmpty()
                    await bench.store.waitUntilOutboxIsEmpty()
                }
            }
        }
        check(plan, bench)
    }

    private func check(_ plan: LedgerPlan, _ bench: WorkerBench) {
        #expect(bench.queue.record.violations.isEmpty)
        let settled = Dictionary(bench.queue.record.settled.map { ($0, 1) }, uniquingKeysWith: +)
        let record = bench.responder.record
        let answered = Set(record.confirmedReplies.map(\.context.requestID))
        let buried = Set(record.letters.map(\.command.context.requestID))
        for entry in plan.steps.flatMap(\.entries) {
            // A command that waits is settled, and once more each time it has come back.
            let settlements =
                switch entry.kind {
                case .undecided: 2...Int.max
                case .good, .poison: 1...Int.max
                case .refused, .refusedUnheard: 1...1
                }
            #expect(settlements.contains(settled[entry.id] ?? 0), "\(entry)")
            let isStored = bench.store.orderIDs.contains(Sample.orderID(entry.key))
            #expect(isStored == entry.kind.isStored, "\(entry)")
            let (isAnswered, isBuried) = (answered.contains(entry.id), buried.contains(entry.id))
            if entry.kind == .refused {
                // A refusal that is lost twice on its way becomes a dead letter, also one that was answered when it came
                // the first time and was not settled then.
                #expect(isAnswered || isBuried, "\(entry)")
            } else {
                #expect(!isAnswered, "\(entry)")
                #expect(isBuried == entry.kind.isBuried, "\(entry)")
            }
        }
        checkEvents(plan, bench)
    }

    private func checkEvents(_ plan: LedgerPlan, _ bench: WorkerBench) {
        let keys = Set(plan.steps.flatMap(\.entries).filter(\.kind.isStored).map(\.key))
        #expect(bench.store.orderIDs.count == keys.count)
        let ids = Set(bench.publisher.record.taken.map(\.id))
        #expect(ids == Set(keys.map { Sample.event($0).id }), "one logical event an order")
        #expect(bench.store.staged.isEmpty)
    }
}
