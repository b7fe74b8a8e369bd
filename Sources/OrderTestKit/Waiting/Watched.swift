internal import Synchronization

/// State behind a lock, and the tasks that wait until it has become what they need.
///
/// The one way in which tests and in-memory ports wait: nothing sleeps, and every wait ends with its task.
package final class Watched<State: Sendable>: Sendable {
    private struct Waiter: Sendable {
        let id: UInt64
        /// Looks at the state and, if it will do, ends the wait.
        let tryToEnd: @Sendable (inout State) -> Bool
        let cancel: @Sendable () -> Void
    }

    private struct Guarded: Sendable {
        var state: State
        var waiters: [Waiter] = []
        var nextID: UInt64 = 0

        /// Ends every wait whose time has come, in the order in which they began.
        mutating func wakeWaiters() {
            var isChanged = true
            // A waiter that takes something changes the state for those before it.
            while isChanged {
                isChanged = false
                for (index, waiter) in waiters.enumerated() where waiter.tryToEnd(&state) {
                    waiters.remove(at: index)
                    isChanged = true
                    break
                }
            }
        }
    }

    private let guarded: Mutex<Guarded>

    package init(_ state: State) {
        guarded = Mutex(Guarded(state: state))
    }

    /// Looks at the state.
    package var current: State { guarded.withLock { $0.state } }

    /// Changes the state, and ends the waits that the change allows to end.
    @discardableResult
    package func change<Value: Sendable, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let result: Result<Value, Failure> = guarded.withLock { guarded in
            defer { guarded.wakeWaiters() }
            do throws(Failure) {
                return .success(try body(&guarded.state))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Waits until the condition gives a value; it may change the state when it does, and only then.
    ///
    /// - Returns: that value, or `nil` if the task was cancelled first.
    package func wait<Value: Sendable>(
        until condition: @escaping @Sendable (inout State) -> Value?
    ) async -> Value? {
        let id = guarded.withLock { guarded in
            guarded.nextID += 1
            return guarded.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                register(id, continuation, condition)
            }
        } onCancel: {
            let waiter = guarded.withLock { guarded -> Waiter? in
                guard let index = guarded.waiters.firstIndex(where: { $0.id == id }) else { return nil }
                return guarded.waiters.remove(at: index)
            }
            waiter?.cancel()
        }
    }

    private func register<Value: Sendable>(
        _ id: UInt64,
        _ continuation: CheckedContinuation<Value?, Never>,
        _ condition: @escaping @Sendable (inout State) -> Value?
    ) {
        guarded.withLock { guarded in
            if let value = condition(&guarded.state) {
                guarded.wakeWaiters()
                return continuation.resume(returning: value)
            }
            // Seen inside the lock: a later cancellation finds the waiter.
            if Task.isCancelled { return continuation.resume(returning: nil) }
            guarded.waiters.append(
                Waiter(
                    id: id,
                    tryToEnd: { state in
                        guard let value = condition(&state) else { return false }
                        continuation.resume(returning: value)
                        return true
                    },
                    cancel: { continuation.resume(returning: nil) }
                )
            )
        }
    }
}
