import AMQP
import Synchronization

/// Keeps what an observer was told, and lets tests await it.
final class EventLog: Sendable {
    private struct Waiter {
        let matches: @Sendable (ConnectionEvent) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var events: [ConnectionEvent] = []
        var waiters: [Waiter] = []
    }

    private let state = Mutex(State())

    var all: [ConnectionEvent] { state.withLock { $0.events } }

    var record: ConnectionObserver {
        { [self] event in
            let resumed = state.withLock { state in
                state.events.append(event)
                let resumed = state.waiters.filter { $0.matches(event) }
                state.waiters.removeAll { $0.matches(event) }
                return resumed
            }
            for waiter in resumed { waiter.continuation.resume() }
        }
    }

    /// Returns once an event that matches has been recorded, now or earlier.
    ///
    /// The suite's time limit ends a vain wait.
    func first(where matches: @escaping @Sendable (ConnectionEvent) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.events.contains(where: matches) { return true }
                state.waiters.append(Waiter(matches: matches, continuation: continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    func count(where matches: (ConnectionEvent) -> Bool) -> Int { all.count(where: matches) }
}

extension ConnectionEvent {
    var isConnected: Bool { if case .connected = self { true } else { false } }
    var isLost: Bool { if case .lost = self { true } else { false } }
    var isReturned: Bool { if case .returned = self { true } else { false } }
    var isDropped: Bool { if case .dropped = self { true } else { false } }
    var isClosed: Bool { if case .closed = self { true } else { false } }

    var lostCode: AMQPError.Code? { if case .lost(let error) = self { error.code } else { nil } }
}
