internal import Synchronization

/// State behind a lock, and the tasks that wait until it has become what they need.
///
/// The one way in which tests and in-memory ports wait: nothing sleeps, and every wait ends with its task.
package final class Watched<State: Sendable>: Sendable {
    /// Ends a wait; to be called without the lock.
    ///
    /// Resuming a task takes a lock of the task's own, which a cancellation holds while its handler waits for ours.
    private typealias End = @Sendable () -> Void

    private struct Waiter: Sendable {
        let id: UInt64
        /// Looks at the state; if it will do, gives what ends the wait.
        let tryToEnd: @Sendable (inout State) -> End?
        let cancel: End
    }

    private struct Guarded: Sendable {
        var state: State
        var waiters: [Waiter] = []
        var nextID: UInt64 = 0

        /// Takes out every wait whose time has come, in the order in which they began.
        mutating func takeEnded() -> [End] {
            var ends: [End] = []
            var index = 0
            while index < waiters.count {
                guard let end = waiters[index].tryToEnd(&state) else {
                    index += 1
                    continue
                }
                ends.append(end)
                waiters.remove(at: index)
                // A waiter that takes something changes the state for those before it.
                index = 0
            }
            return ends
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
        let (result, ends) = guarded.withLock { guarded -> (Result<Value, Failure>, [End]) in
            let result: Result<Value, Failure>
            do throws(Failure) {
                result = .success(try body(&guarded.state))
            } catch {
                result = .failure(error)
            }
            return (result, guarded.takeEnded())
        }
        for end in ends { end() }
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
        let ends = guarded.withLock { guarded -> [End] in
            if let value = condition(&guarded.state) {
                return [{ continuation.resume(returning: value) }] + guarded.takeEnded()
            }
            // Seen inside the lock: a later cancellation finds the waiter.
            if Task.isCancelled { return [{ continuation.resume(returning: nil) }] }
            guarded.waiters.append(
                Waiter(
                    id: id,
                    tryToEnd: { state in
                        guard let value = condition(&state) else { return nil }
                        return { continuation.resume(returning: value) }
                    },
                    cancel: { continuation.resume(returning: nil) }
                )
            )
            return []
        }
        for end in ends { end() }
    }
}
