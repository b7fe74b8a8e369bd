/// The waits of one thread: who waits for which descriptor until when.
///
/// Touched by its thread alone, and short (a handful of sockets), so plain arrays are searched.
struct WaitList {
    struct Wait {
        let id: UInt64
        let target: PollTarget?
        let deadline: ContinuousClock.Instant?
        let continuation: CheckedContinuation<ThreadExecutor.Wake, Never>
    }

    private(set) var waits: [Wait] = []

    var isEmpty: Bool { waits.isEmpty }

    /// The earliest deadline, or `nil` if every wait is open-ended.
    var nextDeadline: ContinuousClock.Instant? {
        waits.lazy.compactMap(\.deadline).min()
    }

    mutating func add(_ wait: Wait) {
        waits.append(wait)
    }

    /// Ends the waits that match, in the order in which they began.
    mutating func finish(_ reason: ThreadExecutor.Wake, where matches: (Wait) -> Bool) {
        var ended: [Wait] = []
        waits.removeAll { wait in
            guard matches(wait) else { return false }
            ended.append(wait)
            return true
        }
        for wait in ended {
            wait.continuation.resume(returning: reason)
        }
    }
}
