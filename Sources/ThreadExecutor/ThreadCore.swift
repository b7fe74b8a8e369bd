internal import CLinux
internal import Glibc
internal import Synchronization

/// The loop behind a `ThreadExecutor`: run the jobs, poll the descriptors, again.
///
/// Apart from the executor so that the thread does not keep the executor alive: its `deinit` is what ends the loop.
///
/// Safety of `@unchecked Sendable`: `shared` is a mutex, `threadID` and `lastWaitID` are atomic, `waits`, `requests`
/// and `lastPoll` are touched by the loop's thread alone, and the rest is constant.
final class ThreadCore: @unchecked Sendable {
    private struct Shared {
        var jobs: [UnownedJob] = []
        /// Keeps the executor alive while it has jobs: a job may drop the last actor that held it.
        var keepAlive: ThreadExecutor?
        var cancelledWaits: [UInt64] = []
        var isStarted = false
        var isStopped = false
        /// The loop is in `poll(2)` or on its way there, so news must be written to the eventfd.
        var isAsleep = false
    }

    private let name: String
    private let eventDescriptor: Int32
    private let shared = Mutex(Shared())
    private let threadID = Atomic<UInt>(0)
    private var waits = WaitList()
    /// What is polled for, first the eventfd; kept for its memory.
    private var requests: [pollfd] = []
    private let lastWaitID = Atomic<UInt64>(0)
    private var lastPoll = ContinuousClock.now

    /// How long the thread sleeps at most where the process had no descriptor left to wake it by.
    private static let longestBlindSleep: Duration = .milliseconds(100)

    /// - Parameter eventDescriptor: owned from here on; below zero where there was none to be had.
    init(name: String, eventDescriptor: Int32 = eventfd(0, Int32(orderbus_eventfd_flags))) {
        self.name = name
        self.eventDescriptor = eventDescriptor
    }

    deinit {
        if eventDescriptor >= 0 { close(eventDescriptor) }
    }

    var isCurrentThread: Bool { threadID.load(ordering: .relaxed) == Self.currentThreadID() }

    /// `pthread_self()` is declared `const`, so inlined across an `await` its old value would be used again.
    @inline(never)
    private static func currentThreadID() -> UInt { UInt(pthread_self()) }

    // MARK: - From any thread

    func enqueue(_ job: UnownedJob, on executor: ThreadExecutor) {
        let (mustStart, mustSignal) = shared.withLock { shared in
            shared.jobs.append(job)
            shared.keepAlive = executor
            let mustStart = !shared.isStarted
            shared.isStarted = true
            defer { shared.isAsleep = false }
            return (mustStart, shared.isAsleep)
        }
        if mustStart { start() }
        if mustSignal { signal() }
    }

    func stop() {
        let mustSignal = shared.withLock { shared in
            shared.isStopped = true
            return shared.isStarted
        }
        if mustSignal { signal() }
    }

    private func cancelWait(_ id: UInt64) {
        let mustSignal = shared.withLock { shared in
            shared.cancelledWaits.append(id)
            defer { shared.isAsleep = false }
            return shared.isAsleep
        }
        if mustSignal { signal() }
    }

    private func signal() {
        if eventDescriptor >= 0 { eventfd_write(eventDescriptor, 1) }
    }

    private func start() {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        // Deep enough for librabbitmq 0.11, which decodes nested header tables recursively and without a limit.
        // Only the pages that are touched become resident.
        pthread_attr_setstacksize(&attributes, 32 << 20)
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self).toOpaque()
        let status = pthread_create(&thread, &attributes, threadMain, argument)
        pthread_attr_destroy(&attributes)
        // Nothing can run without its thread, and no input can bring this about: the process is out of threads.
        precondition(status == 0, "pthread_create failed with error \(status)")
    }

    // MARK: - On the thread

    fileprivate func run() {
        threadID.store(Self.currentThreadID(), ordering: .relaxed)
        name.withCString { name in
            var short = [CChar](repeating: 0, count: 16)
            strncpy(&short, name, 15)
            pthread_setname_np(pthread_self(), short)
        }
        while runRound() {}
    }

    private func runRound() -> Bool {
        var jobs: [UnownedJob] = []
        var cancelled: [UInt64] = []
        let (executor, isStopped) = shared.withLock { shared in
            swap(&jobs, &shared.jobs)
            swap(&cancelled, &shared.cancelledWaits)
            let executor = shared.keepAlive
            shared.keepAlive = nil
            shared.isAsleep = jobs.isEmpty && cancelled.isEmpty && !shared.isStopped
            return (executor, shared.isStopped)
        }
        if !cancelled.isEmpty {
            for id in cancelled { waits.finish(id, .cancelled) }
        }
        if let executor {
            let serial = executor.asUnownedSerialExecutor()
            let task = executor.asUnownedTaskExecutor()
            for job in jobs { job.runSynchronously(isolatedTo: serial, taskExecutor: task) }
        } else if isStopped {
            return false
        }
        pollDescriptors(isIdle: jobs.isEmpty && cancelled.isEmpty)
        return true
    }

    func wait(
        _ target: PollTarget?,
        until deadline: ContinuousClock.Instant?,
        isolation: isolated (any Actor)?
    ) async -> ThreadExecutor.Wake {
        let id = lastWaitID.add(1, ordering: .relaxed).newValue
        // Before the task is suspended, other jobs may run: whatever they bring is kept for it from here on.
        waits.begin(id, target, until: deadline)
        return await withTaskCancellationHandler {
            // Captured, so that the closure runs on the caller's actor, which is on this thread.
            _ = isolation
            return await withCheckedContinuation(isolation: isolation) { continuation in
                assert(isCurrentThread, "Waits belong to the thread of their executor")
                if Task.isCancelled { waits.finish(id, .cancelled) }
                waits.suspend(id, continuation)
            }
        } onCancel: {
            cancelWait(id)
        }
    }

    func wake(_ descriptor: Int32) {
        waits.wake(descriptor)
    }

    /// Polls until something happens if idle; otherwise only looks, and at most every 500 µs.
    private func pollDescriptors(isIdle: Bool) {
        let start = ContinuousClock.now
        guard isIdle || (!waits.isEmpty && start - lastPoll > .microseconds(500)) else { return }
        requests.removeAll(keepingCapacity: true)
        requests.append(pollfd(fd: eventDescriptor, events: Int16(POLLIN), revents: 0))
        waits.appendRequests(to: &requests)
        let limit = isIdle ? longestSleep(from: start) : .zero
        let ready = withUnsafePointer(to: timespec(limit ?? .zero)) { timeout in
            ppoll(&requests, nfds_t(requests.count), limit == nil ? nil : timeout, nil)
        }
        lastPoll = ContinuousClock.now
        // What this thread now gives itself to do needs no eventfd to wake it.
        if isIdle { shared.withLock { $0.isAsleep = false } }
        if ready > 0 { finishReady() }
        waits.expire(at: lastPoll)
    }

    /// How long to sleep if nothing happens; `nil` means for ever.
    private func longestSleep(from start: ContinuousClock.Instant) -> Duration? {
        let untilDeadline = waits.nextDeadline.map { start.duration(to: $0) }
        if eventDescriptor >= 0 { return untilDeadline }
        return min(untilDeadline ?? Self.longestBlindSleep, Self.longestBlindSleep)
    }

    private func finishReady() {
        if requests[0].revents != 0 {
            var count: eventfd_t = 0
            eventfd_read(eventDescriptor, &count)
        }
        waits.finish(answeredBy: requests.dropFirst())
    }
}

private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<ThreadCore>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}

extension timespec {
    /// The duration, or zero if it is negative.
    fileprivate init(_ duration: Duration) {
        let clamped = max(duration, .zero)
        let (seconds, attoseconds) = clamped.components
        self.init(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    }
}
