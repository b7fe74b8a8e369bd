internal import Synchronization

/// Lets one group of suspects at a time be handled in the whole process, so that those in hand when it ends are few.
package final class IsolationWard: Sendable {
    private struct State {
        var isTaken = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// Waits until no other suspects are being handled.
    func enter() async {
        await withCheckedContinuation { waiter in
            let mayEnter = state.withLock { state in
                if state.isTaken { state.waiting.append(waiter) }
                defer { state.isTaken = true }
                return !state.isTaken
            }
            if mayEnter { waiter.resume() }
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
