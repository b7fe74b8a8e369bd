package import Orders

/// Keeps the events that reached the broker, and fails on demand.
package final class RecordingPublisher: EventPublisher {
    /// What becomes of one event.
    package enum Fate: Sendable, Hashable {
        case confirmed
        case unheard
        /// It never reached the broker, and the worker is not told.
        case lost
        /// It reached the broker, and the worker is not told.
        case takenUnseen
        /// The broker says that it does not take it.
        case refused
        /// It fits into no message.
        case unsendable
    }

    /// What happened.
    package struct Record: Sendable {
        /// What reached the broker, in order, the same event twice if it was sent twice.
        package var taken: [StagedEvent] = []
        /// The size of each round.
        package var rounds: [Int] = []
        /// How many waits for the broker there are at the moment.
        package var waiting = 0
    }

    fileprivate struct State: Sendable {
        var record = Record()
        var fates: [Fate] = []
        var refusedTypes: Set<String> = []
        var isAway = false
        var isHolding = false
        var held = 0
    }

    private let state = Watched(State())

    package init() {}

    package var record: Record { state.current.record }

    /// Waits until what happened fits the condition.
    package func waitForRecord(_ condition: @escaping @Sendable (Record) -> Bool) async {
        await state.wait { condition($0.record) ? () : nil }
    }

    /// Waits until so many events have reached the broker.
    package func waitUntilTaken(_ count: Int) async {
        await waitForRecord { $0.taken.count >= count }
    }

    // MARK: - Faults

    /// Decides about the next events, one each; those behind them are confirmed.
    package func decide(_ fates: Fate...) {
        state.change { $0.fates += fates }
    }

    /// Decides about the next events as ``decide(_:)-(Fate...)`` does.
    package func decide(_ fates: [Fate]) {
        state.change { $0.fates += fates }
    }

    /// Decides which types of events are refused, whatever else was decided.
    package func refuse(types: Set<String>) {
        state.change { $0.refusedTypes = types }
    }

    /// Takes the broker away, or gives it back: everything is lost meanwhile.
    package func setAway(_ isAway: Bool) {
        state.change { $0.isAway = isAway }
    }

    /// Keeps every round waiting before it is sent, until `release()`.
    package func hold() {
        state.change { $0.isHolding = true }
    }

    package func release() {
        state.change { $0.isHolding = false }
    }

    /// Waits until a round is held.
    package func waitUntilHeld() async {
        await state.wait { $0.isHolding && $0.held > 0 ? () : nil }
    }

    // MARK: - EventPublisher

    package func publish(_ events: [StagedEvent]) async -> [EventDelivery] {
        state.change { $0.held += 1 }
        let isReleased: Void? = await state.wait { $0.isHolding ? nil : () }
        return state.change { state in
            state.held -= 1
            state.record.rounds.append(events.count)
            return events.map { isReleased == nil ? .unknown : state.send($0) }
        }
    }

    package func waitUntilAvailable() async {
        state.change { $0.record.waiting += 1 }
        await state.wait { $0.isAway ? nil : () }
        state.change { $0.record.waiting -= 1 }
    }
}

extension RecordingPublisher.State {
    fileprivate mutating func send(_ event: StagedEvent) -> EventDelivery {
        var fate = isAway ? .lost : fates.isEmpty ? .confirmed : fates.removeFirst()
        if refusedTypes.contains(event.type) { fate = .refused }
        switch fate {
        case .confirmed, .unheard, .takenUnseen: record.taken.append(event)
        case .lost, .refused, .unsendable: break
        }
        switch fate {
        case .confirmed: return .confirmed
        case .unheard: return .unheard
        case .lost, .takenUnseen: return .unknown
        case .refused: return .refused
        case .unsendable: return .unsendable
        }
    }
}
