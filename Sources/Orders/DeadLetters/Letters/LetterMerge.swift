/// What becomes of an entry when its message comes among the dead letters once more.
package struct LetterMerge: Sendable, Hashable {
    package let state: LetterState
    package let failure: LetterFailure
    package let groupID: GroupID
    package let caller: Caller?
    package let arrivals: Int
    package let repeatFailures: Int
    /// The job whose message came back: that is its result.
    package let endedJob: ReplayJobID?

    /// Compares; `nil` if the broker only delivered the same again, as the time of the failure tells.
    ///
    /// What a job sent and the broker could not route comes back without that time; when that is delivered again, the
    /// letter is in no replay any more.
    ///
    /// - Parameter time: when it came.
    package init?(_ entry: LetterEntry, _ arrived: ArrivedLetter, at time: Timestamp) {
        let comesBack = entry.state == .replaying && arrived.replay != nil && arrived.replay == entry.job
        let isUndated = arrived.failure.lastFailedAt == .unknown
        guard arrived.failure.lastFailedAt > entry.failure.lastFailedAt || comesBack && isUndated else { return nil }
        let arrived = comesBack ? arrived.dated(time) : arrived
        switch entry.state {
        case .kept: state = .kept
        // It is still to be sent, or the answer to what was sent is still to come.
        case .replaying: state = comesBack ? .kept : .replaying
        case .replayed, .discarded: state = .kept
        }
        let failsAgain = comesBack || entry.state == .replayed && arrived.replay != nil
        var failure = arrived.failure
        failure.firstFailedAt = min(failure.firstFailedAt, entry.failure.firstFailedAt)
        failure.attempts += entry.failure.attempts
        self.failure = failure
        caller = entry.caller ?? arrived.caller
        groupID = GroupID(tenant: caller?.tenant, command: entry.command, failure: failure)
        arrivals = entry.arrivals + 1
        repeatFailures = entry.repeatFailures + (failsAgain ? 1 : 0)
        endedJob = comesBack ? entry.job : nil
    }
}
