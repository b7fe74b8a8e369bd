internal import Glibc
internal import Synchronization
internal import ThreadExecutor

/// Ends calls of librabbitmq that outlast their deadline, by shutting their socket down from another thread.
///
/// librabbitmq has no timeout for sending. `shutdown(2)` is the one thing that another thread may do to its socket: the
/// blocked call then fails. The descriptor cannot be closed and used anew meanwhile, because the guarded call ends
/// under the same lock.
final class Watchdog: Sendable {
    static let shared = Watchdog()

    private struct Guard {
        let descriptor: Int32
        let deadline: ContinuousClock.Instant
    }

    private struct State {
        var guards: [UInt64: Guard] = [:]
        var lastID: UInt64 = 0
        var isRunning = false
    }

    private actor Rounds {
        private let executor = ThreadExecutor(name: "amqp-watchdog")
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        func run(_ watchdog: Watchdog) async {
            repeat {
                _ = await executor.sleep(until: .now + .milliseconds(250))
            } while watchdog.endOverdue()
        }
    }

    private let state = Mutex(State())

    /// Calls the closure, and makes it fail if it takes longer than the limit.
    ///
    /// - Throws: `.timedOut` if the socket had to be shut down; otherwise what the closure throws.
    func guarding<Result>(
        _ descriptor: Int32,
        for limit: Duration,
        _ call: () throws(AMQPError) -> Result
    ) throws(AMQPError) -> Result {
        let id = arm(Guard(descriptor: descriptor, deadline: .now + limit))
        let result: Result
        do throws(AMQPError) {
            result = try call()
        } catch {
            if !disarm(id) { throw Self.overdue(limit) }
            throw error
        }
        if !disarm(id) { throw Self.overdue(limit) }
        return result
    }

    private static func overdue(_ limit: Duration) -> AMQPError {
        AMQPError(.timedOut, "a call took longer than \(limit)")
    }

    private func arm(_ new: Guard) -> UInt64 {
        let (id, mustStart) = state.withLock { state in
            state.lastID += 1
            state.guards[state.lastID] = new
            let mustStart = !state.isRunning
            state.isRunning = true
            return (state.lastID, mustStart)
        }
        // Owned by the guards: it ends with the round that finds none.
        if mustStart { Task.detached { await Rounds().run(self) } }
        return id
    }

    /// - Returns: false if the guard had struck.
    private func disarm(_ id: UInt64) -> Bool {
        state.withLock { $0.guards.removeValue(forKey: id) != nil }
    }

    /// - Returns: whether there is anything left to guard.
    private func endOverdue() -> Bool {
        state.withLock { state in
            let now = ContinuousClock.now
            for (id, guarded) in state.guards where guarded.deadline <= now {
                shutdown(guarded.descriptor, Int32(SHUT_RDWR))
                state.guards[id] = nil
            }
            state.isRunning = !state.guards.isEmpty
            return state.isRunning
        }
    }
}
