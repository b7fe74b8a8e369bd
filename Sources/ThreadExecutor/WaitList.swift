internal import Glibc

/// The waits of one thread: who waits for which descriptor until when.
///
/// Touched by its thread alone, and short (a handful of sockets), so plain arrays are searched.
///
/// A wait begins before its task is suspended, because other jobs may run in between: what happens to it meanwhile is
/// kept until the task is there to hear it.
struct WaitList {
    /// Plain values: they are looked through at every poll, and copies of anything counted would cost more than the look.
    private struct Wait {
        let id: UInt64
        let target: PollTarget?
        let deadline: ContinuousClock.Instant?
        /// Why it is over, for its task to hear when it is there.
        var ending: ThreadExecutor.Wake?

        var isOpen: Bool { ending == nil }
    }

    /// How many wake-ups that found nobody waiting are kept, each for the next wait on its descriptor.
    ///
    /// Between a caller's look and its wait other jobs may run too. Most such wake-ups are for nobody; these many are
    /// more than can come between.
    private static let earlyLimit = 256

    private var waits: [Wait] = []
    /// In step with `waits`: `nil` for those whose task is still on its way.
    private var continuations: [CheckedContinuation<ThreadExecutor.Wake, Never>?] = []
    private var early: [Int32] = []

    /// Whether no wait is open.
    var isEmpty: Bool { !waits.contains(where: \.isOpen) }

    /// Appends what to poll for, without the waits that are over.
    func appendRequests(to requests: inout [pollfd]) {
        for wait in waits where wait.isOpen {
            if let target = wait.target { requests.append(target.request) }
        }
    }

    /// The earliest deadline, or `nil` if every wait is open-ended.
    var nextDeadline: ContinuousClock.Instant? {
        var next: ContinuousClock.Instant?
        for wait in waits where wait.isOpen {
            guard let deadline = wait.deadline else { continue }
            if let earliest = next, earliest <= deadline { continue }
            next = deadline
        }
        return next
    }

    mutating func begin(_ id: UInt64, _ target: PollTarget?, until deadline: ContinuousClock.Instant?) {
        var ending: ThreadExecutor.Wake?
        if let target, let index = early.firstIndex(of: target.descriptor) {
            early.remove(at: index)
            ending = .woken
        }
        waits.append(Wait(id: id, target: target, deadline: deadline, ending: ending))
        continuations.append(nil)
    }

    /// Gives the wait its suspended task, and resumes that at once if the wait is over already.
    mutating func suspend(_ id: UInt64, _ continuation: CheckedContinuation<ThreadExecutor.Wake, Never>) {
        guard let index = waits.firstIndex(where: { $0.id == id }) else {
            return continuation.resume(returning: .cancelled)
        }
        if let reason = waits[index].ending {
            waits.remove(at: index)
            continuations.remove(at: index)
            continuation.resume(returning: reason)
        } else {
            continuations[index] = continuation
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
        if waits.contains(where: { $0.isOpen && $0.target?.descriptor == descriptor }) {
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
    mutating func finish(answeredBy requests: some Collection<pollfd>) {
        finish(.ready) { wait in
            guard let target = wait.target else { return false }
            return requests.contains { request in
                // `revents` may name more than was asked for: errors and hang-ups end every wait.
                request.revents != 0 && request.fd == target.descriptor && request.events == target.events
            }
        }
    }

    /// Ends the waits that match, in the order in which they began.
    private mutating func finish(_ reason: ThreadExecutor.Wake, where matches: (Wait) -> Bool) {
        var index = 0
        while index < waits.count {
            guard waits[index].isOpen, matches(waits[index]) else {
                index += 1
                continue
            }
            if let continuation = continuations[index] {
                waits.remove(at: index)
                continuations.remove(at: index)
                // Only schedules the task: nothing comes back here before this is done.
                continuation.resume(returning: reason)
            } else {
                waits[index].ending = reason
                index += 1
            }
        }
    }
}
