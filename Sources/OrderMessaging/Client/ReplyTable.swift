internal import Orders

/// Who waits for which reply until when: bounded, and free of I/O.
struct ReplyTable {
    private struct Waiter {
        var deadline: ContinuousClock.Instant
        var state: State
    }

    private enum State {
        /// Published; its sender is not waiting for the reply yet.
        case asked
        case waiting(CheckedContinuation<BusReply?, Never>)
        case answered(BusReply)
    }

    private var waiters: [UInt64: Waiter] = [:]
    private var lastID: UInt64 = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Opens a place for one reply, or `nil` if there is no room.
    mutating func open(until deadline: ContinuousClock.Instant) -> UInt64? {
        guard waiters.count < limit else { return nil }
        lastID += 1
        waiters[lastID] = Waiter(deadline: deadline, state: .asked)
        return lastID
    }

    /// Gives an open place another deadline: the wait for a reply begins with the broker's confirm.
    mutating func extend(_ id: UInt64, until deadline: ContinuousClock.Instant) {
        waiters[id]?.deadline = deadline
    }

    /// Takes a reply in.
    ///
    /// - Returns: false if nobody waits for it any more.
    mutating func answer(_ id: UInt64, _ reply: BusReply) -> Bool {
        guard let waiter = waiters[id] else { return false }
        switch waiter.state {
        case .asked:
            waiters[id]?.state = .answered(reply)
        case .waiting(let continuation):
            waiters[id] = nil
            continuation.resume(returning: reply)
        case .answered:
            return false
        }
        return true
    }

    /// Waits for the reply of an open place; resumed with `nil` if it will not come.
    mutating func wait(_ id: UInt64, _ continuation: CheckedContinuation<BusReply?, Never>) {
        guard let waiter = waiters[id] else { return continuation.resume(returning: nil) }
        if case .answered(let reply) = waiter.state {
            waiters[id] = nil
            continuation.resume(returning: reply)
        } else {
            waiters[id]?.state = .waiting(continuation)
        }
    }

    /// Closes a place that is no longer wanted, and gives the reply if it came meanwhile.
    mutating func close(_ id: UInt64) -> BusReply? {
        guard let waiter = waiters.removeValue(forKey: id) else { return nil }
        switch waiter.state {
        case .asked: return nil
        case .answered(let reply): return reply
        case .waiting(let continuation):
            continuation.resume(returning: nil)
            return nil
        }
    }

    /// Ends the waits whose time is up.
    mutating func expire(at now: ContinuousClock.Instant) {
        for (id, waiter) in waiters where waiter.deadline <= now {
            guard case .waiting(let continuation) = waiter.state else { continue }
            waiters[id] = nil
            continuation.resume(returning: nil)
        }
    }

    /// Ends all waits: the replies will not come, because the queue for them is gone.
    mutating func abandonAll() {
        for (id, waiter) in waiters {
            if case .waiting(let continuation) = waiter.state {
                waiters[id] = nil
                continuation.resume(returning: nil)
            }
        }
    }
}
