import OrderRecovery
import OrderTestKit
import Orders
import Testing

@Suite(.timeLimit(.minutes(2)))
struct RejectedLetterTests {
    private let bench = RecoveryBench()
    private let observer = RefusalObserver()

    private var keeper: LetterKeeper {
        LetterKeeper(
            source: bench.queue,
            store: bench.store,
            clock: bench.recoveryClock,
            observer: observer,
            batchLimit: 10
        )
    }

    private func entries() async throws -> [LetterID: LetterEntry] {
        let page = try await bench.store.list(LetterFilter(), within: .all, after: nil, limit: 100)
        return Dictionary(uniqueKeysWithValues: page.letters.map { ($0.id, $0) })
    }

    @Test func whatTheStoreWillNotHaveAsItCameIsKeptBare() async throws {
        let letters = (0..<7).map { Sample.letter("letter-\($0)", second: $0) }
        let bad = letters[4]
        bench.store.refuse { $0.id == bad.id && $0.caller != nil }
        for letter in letters { bench.queue.publish(letter) }
        await bench.run({ await keeper.run() }, during: { await bench.queue.waitUntilSettled(7) })
        let entries = try await entries()
        #expect(entries.count == 7)
        #expect(entries.values.filter { $0.failure.code == "UNREADABLE" }.map(\.id) == [bad.id])
        #expect(entries[bad.id]?.caller == nil)
        #expect(entries[bad.id]?.failure.lastFailedAt == bad.failure.lastFailedAt)
        #expect(try await bench.store.show(bad.id, within: .all)?.letter.message == bad.message)
        #expect(observer.bare == [bad.id])
        #expect(observer.refused.isEmpty)
    }

    @Test func whatTheStoreWillNotHaveAtAllHoldsUpNobody() async throws {
        let bad = Sample.letter("bad")
        let others = (0..<30).map { Sample.letter("letter-\($0)") }
        bench.store.refuse { $0.id == bad.id }
        bench.queue.publish(others[0], bad, others[1])
        await bench.run(
            { await keeper.run() },
            during: {
                await bench.queue.waitUntilSettled(2)
                // It is neither acknowledged with those behind it nor delivered over and over.
                for (offset, letter) in others[2...].enumerated() {
                    bench.queue.publish(letter)
                    await bench.queue.waitUntilSettled(offset + 3)
                }
                #expect(bench.queue.settled == others.map(\.id))
                #expect(bench.queue.deliveryCount == 31)
            }
        )
        #expect(observer.refused == [bad.id])
        // Nothing of it is lost: the next connection brings it again, and the store has changed its mind.
        bench.store.refuse { _ in false }
        await bench.run({ await keeper.run() }, during: { await bench.queue.waitUntilSettled(31) })
        #expect(try await entries()[bad.id]?.failure == bad.failure)
    }

    @Test func whatWasHeldIsTriedAgainAfterAWhileAndToldOnce() async throws {
        let bad = Sample.letter("bad")
        bench.store.refuse { $0.id == bad.id }
        bench.queue.publish(bad, Sample.letter("first"))
        await bench.run(
            { await keeper.run() },
            during: {
                await bench.queue.waitUntilSettled(1)
                bench.clock.advance(by: .seconds(601))
                bench.queue.publish(Sample.letter("second"))
                // It comes a second time.
                await bench.queue.waitUntilDelivered(4)
                bench.queue.publish(Sample.letter("third"))
                await bench.queue.waitUntilSettled(3)
                bench.store.refuse { _ in false }
                bench.clock.advance(by: .seconds(601))
                bench.queue.publish(Sample.letter("fourth"))
                await bench.queue.waitUntilSettled(5)
            }
        )
        #expect(observer.refused == [bad.id])
        #expect(try await entries()[bad.id] != nil)
    }
}

/// Remembers what it is told of letters that could not be kept.
private final class RefusalObserver: RecoveryObserver {
    private let told = Watched((bare: [LetterID](), refused: [LetterID]()))

    var bare: [LetterID] { told.current.bare }
    var refused: [LetterID] { told.current.refused }

    func keptBare(_ letter: LetterID, _ error: StoreError) {
        told.change { $0.bare.append(letter) }
    }

    func notKept(_ letter: LetterID, _ error: StoreError) {
        told.change { $0.refused.append(letter) }
    }
}
