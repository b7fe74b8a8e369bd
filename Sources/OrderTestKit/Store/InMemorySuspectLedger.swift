package import Orders

/// A ledger of suspects in memory, which a test can write what earlier processes left behind into.
package final class InMemorySuspectLedger: SuspectLedger {
    private struct State: Sendable {
        var taken: [SuspectID: Int] = [:]
        var takenAt: [SuspectID: Timestamp] = [:]
        var unseenTakings = 0
        var isAway = false
        var tries = 0
    }

    private let state = Watched(State())

    package init() {}

    /// What an ``InMemoryIntake`` knows the message by.
    package static func id(of requestID: String) -> SuspectID {
        SuspectID(parts: [Array(requestID.utf8)])
    }

    /// How often the suspect was taken and not let go.
    package func taken(_ requestID: String) -> Int {
        state.current.taken[Self.id(of: requestID)] ?? 0
    }

    /// Makes it so that processes have ended with the suspect in hand.
    package func setDeaths(_ count: Int, of requestID: String) {
        state.change { $0.taken[Self.id(of: requestID)] = count }
    }

    /// Takes the ledger away, or gives it back.
    package func setAway(_ isAway: Bool) {
        state.change { $0.isAway = isAway }
    }

    /// Lets the next takings be noted, and their callers not be told.
    package func loseTakings(_ count: Int) {
        state.change { $0.unseenTakings += count }
    }

    /// Waits until somebody has asked so often for suspects.
    package func waitForTries(_ count: Int) async {
        await state.wait { $0.tries >= count ? () : nil }
    }

    package func deaths(with suspects: [SuspectID]) async throws(StoreError) -> [Int] {
        try state.change { state throws(StoreError) in
            state.tries += 1
            if state.isAway { throw StoreError(.unavailable, "The store is away") }
            return suspects.map { state.taken[$0] ?? 0 }
        }
    }

    package func take(_ suspects: [SuspectID], at time: Timestamp) async throws(StoreError) {
        try state.change { state throws(StoreError) in
            if state.isAway { throw StoreError(.unavailable, "The store is away") }
            for suspect in Set(suspects) where state.takenAt.updateValue(time, forKey: suspect) != time {
                state.taken[suspect, default: 0] += 1
            }
            if state.unseenTakings > 0 {
                state.unseenTakings -= 1
                throw StoreError(.unavailable, "The connection was lost")
            }
        }
    }

    package func settle(_ suspects: [SuspectID]) async throws(StoreError) {
        state.change { state in
            for suspect in suspects {
                state.taken[suspect] = nil
                state.takenAt[suspect] = nil
            }
        }
    }

    package func giveBack(_ suspects: [SuspectID]) async throws(StoreError) {
        state.change { state in
            for suspect in Set(suspects) {
                let rest = (state.taken[suspect] ?? 0) - 1
                state.taken[suspect] = rest > 0 ? rest : nil
                state.takenAt[suspect] = nil
            }
        }
    }
}
