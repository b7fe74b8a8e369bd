import OrderTestKit
import Testing

@Suite(.timeLimit(.minutes(3))) struct WatchedTests {
    @Test func waitEndsWhenTheStateIsRight() async {
        let number = Watched(0)
        async let seen = number.wait { $0 >= 3 ? $0 : nil }
        for _ in 0..<3 { number.change { $0 += 1 } }
        #expect(await seen == 3)
    }

    @Test func whatOneWaiterTakesNoOtherGets() async {
        let items = Watched([Int]())
        let taken = await withTaskGroup { group in
            for _ in 0..<100 {
                group.addTask { await items.wait { $0.isEmpty ? nil : $0.removeLast() } }
            }
            for item in 0..<100 { items.change { $0.append(item) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(taken.compactMap(\.self).sorted() == Array(0..<100))
    }

    @Test func waitEndsWithItsTask() async {
        let number = Watched(0)
        let waiting = Task { await number.wait { $0 > 0 ? $0 : nil } }
        waiting.cancel()
        #expect(await waiting.value == nil)
        let late = Task { await number.wait { $0 > 0 ? $0 : nil } }
        late.cancel()
        #expect(await late.value == nil)
    }

    /// Once, both waited for each other: the change for the task that it resumed, the cancellation for the change.
    @Test func changesAndCancellationsAtTheSameMomentDoNotBlockEachOther() async {
        for _ in 0..<2000 {
            let number = Watched(0)
            await withTaskGroup { group in
                group.addTask {
                    await withTaskGroup { waiters in
                        for _ in 0..<4 { waiters.addTask { await number.wait { $0 > 0 ? $0 : nil } } }
                        waiters.addTask {
                            number.change { $0 += 1 }
                            return nil
                        }
                        _ = await waiters.next()
                        waiters.cancelAll()
                    }
                }
                group.addTask { number.change { $0 += 1 } }
            }
        }
    }
}
