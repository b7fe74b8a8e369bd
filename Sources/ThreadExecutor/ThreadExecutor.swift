/// One thread as a serial executor that also waits for file descriptors.
///
/// Actors that belong together share one executor: calls between them cost a tenth of a microsecond, and all their
/// sockets sit in one `poll(2)`. The thread is started by the first job and ends when the last actor lets go.
///
/// It is a task executor too, and long-lived tasks should prefer it (`withTaskExecutorPreference`): a task that a
/// continuation resumes goes to its preferred executor first and only then to its actor, and without a preference that
/// is a thread of the global pool, there and back.
///
/// Safety of `@unchecked Sendable`: every stored property is constant, and `ThreadCore` guards its own state (a mutex
/// for what other threads touch, confinement to the thread for the rest).
package final class ThreadExecutor: SerialExecutor, TaskExecutor, @unchecked Sendable {
    private let core: ThreadCore

    /// Makes an executor whose thread does not run yet.
    ///
    /// - Parameter name: shown by `top -H` and debuggers; the kernel keeps the first 15 bytes.
    package convenience init(name: String) {
        self.init(ThreadCore(name: name))
    }

    init(_ core: ThreadCore) {
        self.core = core
    }

    deinit {
        core.stop()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        core.enqueue(UnownedJob(job), on: self)
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    package func asUnownedTaskExecutor() -> UnownedTaskExecutor {
        UnownedTaskExecutor(ordinary: self)
    }

    package func isIsolatingCurrentContext() -> Bool? {
        core.isCurrentThread
    }

    package func checkIsolated() {
        precondition(core.isCurrentThread, "Not on the thread of this executor")
    }

    /// What to wait for on a descriptor.
    ///
    /// Errors and hang-ups always end a wait as `ready`.
    package enum Interest: Sendable {
        case readable, writable, readableOrWritable
    }

    /// Why a wait ended.
    package enum Wake: Sendable, Hashable {
        /// The descriptor is ready, or has an error or a hang-up that the next system call will tell.
        case ready
        case deadline
        /// `wake(_:)` was called for the descriptor.
        case woken
        case cancelled
    }

    /// Suspends until the descriptor is ready.
    ///
    /// Call it on this executor's thread only; the thread runs other jobs meanwhile.
    ///
    /// - Parameters:
    ///   - interest: the direction to wait for.
    ///   - descriptor: an open descriptor, which must stay open until the wait has ended.
    ///   - deadline: when to give up; `nil` waits until one of the other reasons.
    ///   - isolation: the calling actor, which must be one of this executor's.
    /// - Returns: the first reason that ended the wait.
    package func wait(
        for interest: Interest,
        on descriptor: Int32,
        until deadline: ContinuousClock.Instant?,
        isolation: isolated (any Actor)? = #isolation
    ) async -> Wake {
        await core.wait(
            PollTarget(descriptor: descriptor, interest: interest),
            until: deadline,
            isolation: isolation
        )
    }

    /// Suspends until the deadline, or until the task is cancelled.
    ///
    /// Call it on this executor's thread only.
    package func sleep(
        until deadline: ContinuousClock.Instant,
        isolation: isolated (any Actor)? = #isolation
    ) async -> Wake {
        await core.wait(nil, until: deadline, isolation: isolation)
    }

    /// Ends every wait on the descriptor with `.woken`.
    ///
    /// Call it on this executor's thread only. It is for what a descriptor cannot show: bytes that a library has
    /// already read from the socket. A number below zero is a mere signal; with nobody waiting it ends the next wait.
    package func wake(_ descriptor: Int32) {
        core.wake(descriptor)
    }
}
