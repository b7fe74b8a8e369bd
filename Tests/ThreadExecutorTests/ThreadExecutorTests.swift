import Glibc
import Testing
import ThreadExecutor

private actor Resident {
    private let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private var count = 0

    init(on executor: ThreadExecutor) {
        self.executor = executor
    }

    func thread() -> UInt { UInt(pthread_self()) }

    func increment() -> Int {
        executor.checkIsolated()
        count += 1
        return count
    }

    func wait(for interest: ThreadExecutor.Interest, on descriptor: Int32, within: Duration?) async
        -> ThreadExecutor.Wake
    {
        await executor.wait(for: interest, on: descriptor, until: within.map { .now + $0 })
    }

    func wake(_ descriptor: Int32) { executor.wake(descriptor) }

    func sleep(_ duration: Duration) async -> ThreadExecutor.Wake {
        await executor.sleep(until: .now + duration)
    }

    private var isRaised = false

    /// Waits until `raise(_:)` was called, looking before each wait as everybody must.
    func waitUntilRaised(_ descriptor: Int32) async -> ThreadExecutor.Wake {
        var wake = ThreadExecutor.Wake.ready
        while !isRaised && wake != .deadline {
            wake = await executor.wait(for: .readable, on: descriptor, until: .now + .seconds(10))
        }
        isRaised = false
        return wake
    }

    func raise(_ descriptor: Int32) {
        isRaised = true
        executor.wake(descriptor)
    }

    func callOther(_ other: Resident, times: Int) async -> Int {
        var last = 0
        for _ in 0..<times { last = await other.increment() }
        return last
    }
}

private struct Pipe {
    let read: Int32
    let write: Int32

    init() {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        (read, write) = (ends[0], ends[1])
    }

    func send() { _ = Glibc.write(write, "x", 1) }

    func close() {
        Glibc.close(read)
        Glibc.close(write)
    }
}

@Suite(.timeLimit(.minutes(3)))
struct ThreadExecutorTests {
    private let executor = ThreadExecutor(name: "test")

    @Test func actorsOfOneExecutorShareItsThread() async {
        let first = Resident(on: executor)
        let second = Resident(on: executor)
        let other = Resident(on: ThreadExecutor(name: "other"))
        #expect(await first.thread() == second.thread())
        #expect(await first.thread() != other.thread())
        #expect(await first.callOther(second, times: 1000) == 1000)
    }

    @Test func manyTasksAreRunOneAtATime() async {
        let resident = Resident(on: executor)
        await withTaskGroup { group in
            for _ in 0..<500 { group.addTask { _ = await resident.increment() } }
        }
        #expect(await resident.increment() == 501)
    }

    @Test func readableDescriptorEndsTheWait() async {
        let pipe = Pipe()
        defer { pipe.close() }
        let resident = Resident(on: executor)
        async let wake = resident.wait(for: .readable, on: pipe.read, within: .seconds(30))
        pipe.send()
        #expect(await wake == .ready)
    }

    @Test func writableDescriptorEndsTheWait() async {
        let pipe = Pipe()
        defer { pipe.close() }
        #expect(await Resident(on: executor).wait(for: .writable, on: pipe.write, within: .seconds(30)) == .ready)
    }

    @Test func hangUpEndsTheWait() async {
        let pipe = Pipe()
        defer { close(pipe.read) }
        let resident = Resident(on: executor)
        async let wake = resident.wait(for: .readable, on: pipe.read, within: .seconds(30))
        close(pipe.write)
        #expect(await wake == .ready)
    }

    @Test func deadlineEndsTheWait() async {
        let pipe = Pipe()
        defer { pipe.close() }
        let start = ContinuousClock.now
        let resident = Resident(on: executor)
        #expect(await resident.wait(for: .readable, on: pipe.read, within: .milliseconds(20)) == .deadline)
        #expect(await resident.sleep(.milliseconds(10)) == .deadline)
        #expect(ContinuousClock.now - start >= .milliseconds(30))
    }

    @Test func otherJobsRunDuringAWait() async {
        let pipe = Pipe()
        defer { pipe.close() }
        let resident = Resident(on: executor)
        async let wake = resident.wait(for: .readable, on: pipe.read, within: nil)
        #expect(await resident.increment() == 1)
        pipe.send()
        #expect(await wake == .ready)
    }

    @Test func cancellationEndsTheWait() async {
        let pipe = Pipe()
        defer { pipe.close() }
        let resident = Resident(on: executor)
        let waiting = Task { await resident.wait(for: .readable, on: pipe.read, within: nil) }
        waiting.cancel()
        #expect(await waiting.value == .cancelled)
        let sleeping = Task { await resident.sleep(.seconds(600)) }
        _ = await resident.increment()
        sleeping.cancel()
        #expect(await sleeping.value == .cancelled)
    }

    @Test func wakeEndsTheWaitsOfThatDescriptorOnly() async {
        let (first, second) = (Pipe(), Pipe())
        defer {
            first.close()
            second.close()
        }
        let resident = Resident(on: executor)
        let woken = Task { await resident.wait(for: .readable, on: first.read, within: nil) }
        let kept = Task { await resident.wait(for: .readable, on: second.read, within: nil) }
        let waker = Task {
            while !Task.isCancelled { await resident.wake(first.read) }
        }
        #expect(await woken.value == .woken)
        waker.cancel()
        second.send()
        #expect(await kept.value == .ready)
    }

    /// Symptom: a database connection opened once in a dozen starts only after its deadline.
    ///
    /// A wake-up that came between the look and the suspension found nobody waiting.
    @Test func wakeBetweenLookAndSuspensionIsNotLost() async {
        let resident = Resident(on: executor)
        for _ in 0..<3000 {
            async let wake = resident.waitUntilRaised(-7)
            async let raised: Void = resident.raise(-7)
            await raised
            #expect(await wake != .deadline)
        }
    }

    @Test func threadEndsWithTheLastActor() async {
        weak var released: ThreadExecutor?
        do {
            let local = ThreadExecutor(name: "short-lived")
            released = local
            #expect(await Resident(on: local).increment() == 1)
        }
        while released != nil { await Task.yield() }
    }
}
