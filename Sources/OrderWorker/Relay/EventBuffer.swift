internal import Orders
internal import Synchronization

/// Events on their way from the lanes to the relay: bounded, because the outbox holds them all.
final class EventBuffer: Sendable {
    private struct State {
        private(set) var events: [StagedEvent] = []
        /// Of the events' payloads.
        private(set) var byteCount = 0
        /// Orders whose events must be read from the outbox, in order, rather than sent from here.
        var ordersToScan: Set<OrderID> = []
        var mustScanAll = false
        /// Looks through the outbox that are owed after a failure: two, because the first may come while what was
        /// left there is still young enough to be thought in somebody's hands.
        var troubles = 0
        var isFinished = false
        var finishWaiter: CheckedContinuation<Void, Never>?

        func isBelow(_ limit: EventLimit) -> Bool { events.count < limit.count && byteCount < limit.bytes }

        mutating func append(_ event: StagedEvent) {
            events.append(event)
            byteCount += event.payload.count
        }

        mutating func take(_ limit: EventLimit) -> [StagedEvent] {
            let taken = Array(limit.prefix(of: events))
            events = Array(events.dropFirst(taken.count))
            byteCount -= taken.reduce(0) { $0 + $1.payload.count }
            return taken
        }

        mutating func removeAll(where isUnwanted: (StagedEvent) -> Bool) {
            events.removeAll(where: isUnwanted)
            byteCount = events.reduce(0) { $0 + $1.payload.count }
        }
    }

    /// What there is to do.
    struct Work {
        let events: [StagedEvent]
        let ordersToScan: [OrderID]
        let mustScanAll: Bool
        let isFinished: Bool
    }

    private let state = Mutex(State())
    private let limit: EventLimit
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// Makes an empty buffer for events within the limit; what is beyond is left to a scan.
    init(limit: EventLimit) {
        self.limit = limit
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func put(_ events: [StagedEvent]) {
        guard !events.isEmpty else { return }
        state.withLock { state in
            for event in events {
                if event.isBehindOlder, state.ordersToScan.count < limit.count {
                    state.ordersToScan.insert(event.orderID)
                } else if !event.isBehindOlder, state.isBelow(limit) {
                    state.append(event)
                } else {
                    state.troubles = 2
                }
            }
        }
        signal.yield()
    }

    func demandScan() {
        state.withLock { $0.mustScanAll = true }
        signal.yield()
    }

    func noteTrouble() {
        state.withLock { $0.troubles = 2 }
    }

    /// Whether a look is owed for an earlier failure; each answer of yes pays for one.
    func takeTrouble() -> Bool {
        state.withLock { state in
            guard state.troubles > 0 else { return false }
            state.troubles -= 1
            return true
        }
    }

    func finish() {
        let waiter = state.withLock { state in
            state.isFinished = true
            return state.finishWaiter.take()
        }
        waiter?.resume()
        signal.yield()
    }

    /// Whether there are events, and fewer than would be taken at once.
    func isStillFilling(_ limit: EventLimit) -> Bool {
        state.withLock { !$0.events.isEmpty && $0.isBelow(limit) }
    }

    var isFinished: Bool { state.withLock(\.isFinished) }

    /// Takes events within the limit and as many orders, and asks to be called again if there are more.
    ///
    /// What else there is of those orders is forgotten: it is found in the outbox, and would come again behind what is
    /// found with it.
    func take(_ limit: EventLimit) -> Work {
        state.withLock { state in
            let events = state.take(limit)
            let orders = state.ordersToScan.prefix(limit.count)
            let mustScanAll = state.mustScanAll
            state.ordersToScan.subtract(orders)
            if !orders.isEmpty {
                let orders = Set(orders)
                state.removeAll { orders.contains($0.orderID) }
            }
            state.mustScanAll = false
            let isAll = state.events.isEmpty && state.ordersToScan.isEmpty
            if !isAll { signal.yield() }
            return Work(
                events: events,
                ordersToScan: Array(orders),
                mustScanAll: mustScanAll,
                isFinished: state.isFinished && isAll
            )
        }
    }

    /// Forgets events that were found in the outbox meanwhile.
    func drop(_ events: [StagedEvent]) {
        state.withLock { state in
            guard !state.events.isEmpty, !events.isEmpty else { return }
            let keys = Set(events.map(\.key))
            state.removeAll { keys.contains($0.key) }
        }
    }

    /// Suspends until something was put, demanded or finished since the last look; the relay alone calls it.
    func wait(isolation: isolated (any Actor)? = #isolation) async {
        var iterator = signals.makeAsyncIterator()
        await iterator.next(isolation: isolation)
    }

    /// Suspends until `finish()` was called or the task is cancelled; the relay alone calls it.
    func waitUntilFinished() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    // Seen inside the lock: a later cancellation finds the waiter.
                    if state.isFinished || Task.isCancelled { return true }
                    state.finishWaiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.finishWaiter.take() }?.resume()
        }
    }
}
