package import Orders

/// Keeps what would have been sent, and fails on demand.
package final class RecordingResponder: CommandResponder {
    /// What was sent, and is safe there.
    package struct Record: Sendable {
        package var replies: [Reply] = []
        package var confirmedReplies: [Reply] = []
        package var letters: [DeadLetter] = []
        package var postponed: [Postponement] = []
        /// How often the broker's word was asked for, whatever it was.
        package var tries = 0
    }

    private struct State: Sendable {
        var record = Record()
        var lostReplies = 0
        var lostLetters = 0
        var lostPostponements = 0
        var isAway = false
        var deadAddresses: Set<[UInt8]> = []
    }

    private let state = Watched(State())
    private let comeAgain: @Sendable (Postponement) -> Void

    /// Makes a responder.
    ///
    /// - Parameter comeAgain: gets each command that was postponed; it decides when it comes again.
    package init(comeAgain: @escaping @Sendable (Postponement) -> Void = { _ in }) {
        self.comeAgain = comeAgain
    }

    package var record: Record { state.current.record }

    /// Waits until what was sent fits the condition.
    package func waitForRecord(_ condition: @escaping @Sendable (Record) -> Bool) async {
        await state.wait { condition($0.record) ? () : nil }
    }

    // MARK: - Faults

    /// Says of the next confirmed replies that the broker went away before it could say.
    package func loseReplies(_ count: Int) {
        state.change { $0.lostReplies += count }
    }

    /// Lets the next burials fail.
    package func loseLetters(_ count: Int) {
        state.change { $0.lostLetters += count }
    }

    /// Lets the next postponements fail.
    package func losePostponements(_ count: Int) {
        state.change { $0.lostPostponements += count }
    }

    /// Takes the broker away, or gives it back: nothing is safe meanwhile.
    package func setAway(_ isAway: Bool) {
        state.change { $0.isAway = isAway }
    }

    /// Makes an address one that does not exist.
    package func removeAddress(_ address: String) {
        state.change { _ = $0.deadAddresses.insert(Array(address.utf8)) }
    }

    // MARK: - CommandResponder

    package func reply(_ replies: [Reply]) async {
        state.change { $0.record.replies += replies }
    }

    package func replyConfirmed(_ replies: [Reply]) async -> [ReplyDelivery] {
        state.change { state in
            state.record.tries += 1
            return replies.map { reply in
                if state.isAway { return .unsent }
                if state.lostReplies > 0 {
                    state.lostReplies -= 1
                    return .unknown
                }
                if let address = reply.context.replyTo, state.deadAddresses.contains(address) {
                    return .undeliverable
                }
                state.record.confirmedReplies.append(reply)
                return .delivered
            }
        }
    }

    package func bury(_ letters: [DeadLetter]) async -> [Bool] {
        state.change { state in
            state.record.tries += 1
            return letters.map { letter in
                guard !state.isAway, state.lostLetters == 0 else {
                    state.lostLetters = max(0, state.lostLetters - 1)
                    return false
                }
                state.record.letters.append(letter)
                return true
            }
        }
    }

    package func postpone(_ postponements: [Postponement]) async -> [Bool] {
        let safe = state.change { state in
            state.record.tries += 1
            return postponements.map { postponement in
                guard !state.isAway, state.lostPostponements == 0 else {
                    state.lostPostponements = max(0, state.lostPostponements - 1)
                    return false
                }
                state.record.postponed.append(postponement)
                return true
            }
        }
        for (postponement, isSafe) in zip(postponements, safe) where isSafe { comeAgain(postponement) }
        return safe
    }
}
