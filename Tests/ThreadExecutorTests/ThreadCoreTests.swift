import Testing

@testable import ThreadExecutor

private actor Resident {
    private let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(on executor: ThreadExecutor) {
        self.executor = executor
    }

    func answer() {}
}

@Suite(.timeLimit(.minutes(1))) struct ThreadCoreTests {
    /// Symptom: where the process had no descriptor left, the thread slept for ever over what it was given to do.
    @Test func threadWithoutAnEventDescriptorLooksUpByItself() async {
        weak var core: ThreadCore?
        do {
            let blind = ThreadCore(name: "blind", eventDescriptor: -1)
            core = blind
            let resident = Resident(on: ThreadExecutor(blind))
            // Between two of them the thread has gone to sleep, most of the times.
            for _ in 0..<5 {
                await resident.answer()
                await Task.detached {}.value
            }
        }
        // The thread holds its core until it ends.
        while core != nil { await Task.yield() }
    }
}
