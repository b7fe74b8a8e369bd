/// The waits of one thread: who waits for which descriptor until when.
///
/// Touched by its thread alone, and short (a handful of sockets), so plain arrays are searched.
///
/// A wait begins before its task is suspended, because other jobs may run in between: what happens to it meanwhile is
/// kept until the task is there to hear it.
struct WaitList {
    private struct Wait {
        let id: UInt64
        let target: PollTarget?
        let deadline: ContinuousClock.Instant?
        var state: State

        var isEnded: Bool {
            if case .ended = state { true } else { false }
        }
    }

    private enum State {
        /// Begun, and its task is on the way. Can transition to `suspended` and `ended`.
        case begun
        /// Its task waits to be resumed, which ends the wait.
        case suspended(CheckedContinuation<ThreadExecutor.Wake, Never>)
        /// Over before its task was there.
        case ended(ThreadExecutor.Wake)
    }

    /// How many wake-ups that found nobody waiting are kept, each for the next wait on its descriptor.
    ///
    /// Between a caller's look and its wait other jobs may run too. Most such wake-ups are for nobody; these many are
    /// more than can come between.
    private static let earlyLimit = 256

    private var waits: [Wait] = []
    private var early: [Int32] = []

    /// Whether any wait is still open.
    var isEmpty: Bool { waits.allSatisfy(\.isEnded) }

    /// What to poll for, without the waits that are over.
    var targets: [PollTarget] {
        waits.compactMap { $0.isEnded ? nil : $0.target }
    }

    /// The earliest deadline, or `nil` if every wait is open-ended.
    var nextDeadline: ContinuousClock.Instant? {
        waits.lazy.compactMap { $0.isEnded ? nil : $0.deadline }.min()
    }

    mutating func begin(_ id: UInt64, _ target: PollTarget?, until deadline: ContinuousClock.Instant?) {
        var state = State.begun
        if let target, let index = early.firstIndex(of: target.descriptor) {
            early.remove(at: index)
            state = .ended(.woken)
        }
        waits.append(Wait(id: id, target: target, deadline: deadline, state: state))
    }

    /// Gives the wait its suspended task, and resumes that at once if the wait is over already.
    mutating func suspend(_ id: UInt64, _ continuation: CheckedContinuation<ThreadExecutor.Wake, Never>) {
        guard let index = waits.firstIndex(where: { $0.id == id }) else {
            return continuation.resume(returning: .cancelled)
        }
        if case .ended(let reason) = waits[index].state {
            waits.remove(at: index)
            continuation.resume(returning: reason)
        } else {
            waits[index].state = .suspended(continuation)
        }
    }

    /// Ends the wait of that id.
    mutating func finish(_ id: UInt64, _ reason: ThreadExecutor.Wake) {
        finish(reason) { wait in wait.id == id }
    }

    /// Ends the waits on the descriptor.
    ///
    /// Below zero, where `poll(2)` looks at nothing and a wake-up is all there is to wait for, it is kept for the next
    /// wait if there is none. A socket shows its state again, and kept wake-ups would only make its waits spin.
    mutating func wake(_ descriptor: Int32) {
        if waits.contains(where: { $0.target?.descriptor == descriptor && !$0.isEnded }) {
            finish(.woken) { $0.target?.descriptor == descriptor }
        } else if descriptor < 0, !early.contains(descriptor) {
            if early.count == Self.earlyLimit { early.removeFirst() }
            early.append(descriptor)
        }
    }

    /// Ends the waits whose deadline has passed.
    mutating func expire(at now: ContinuousClock.Instant) {
        finish(.deadline) { wait in wait.deadline.map { $0 <= now } ?? false }
    }

    /// Ends the waits whose poll request was answered.
    mutating func finish(where isReady: (PollTarget) -> Bool) {
        finish(.ready) { $0.target.map(isReady) ?? false }
    }

    /// Ends the waits that match, in the order in which they began.
    private mutating func finish(_ reason: ThreadExecutor.Wake, where matches: (Wait) -> Bool) {
        var resumed: [CheckedContinuation<ThreadExecutor.Wake, Never>] = []
        waits.removeAll { wait in
            guard case .suspended(let continuation) = wait.state, matches(wait) else { return false }
            resumed.append(continuation)
            return true
        }
        for index in waits.indices {
            if case .begun = waits[index].state, matches(waits[index]) { waits[index].state = .ended(reason) }
        }
        for continuation in resumed { continuation.resume(returning: reason) }
    }
}
