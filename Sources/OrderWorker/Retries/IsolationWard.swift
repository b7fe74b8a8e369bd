internal import Synchronization

/// Lets one suspect at a time be handled in the whole process, so that the one that ends it is known to be the first
/// that the next process finds.
package final class IsolationWard: Sendable {
    private struct State {
        var isTaken = false
        var hadPatients = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// Waits until no other suspect is being handled.
    ///
    /// - Returns: whether this is the first suspect of the process.
    func enter() async -> Bool {
        await withCheckedContinuation { waiter in
            let mayEnter = state.withLock { state in
                if state.isTaken { state.waiting.append(waiter) }
                defer { state.isTaken = true }
                return !state.isTaken
            }
            if mayEnter { waiter.resume() }
        }
        return state.withLock { state in
            defer { state.hadPatients = true }
            return !state.hadPatients
        }
    }

    /// Lets the next one in.
    func leave() {
        let next = state.withLock { state in
            let next = state.waiting.isEmpty ? nil : state.waiting.removeFirst()
            state.isTaken = next != nil
            return next
        }
        next?.resume()
    }
}
