/// A result to be recorded.
package struct ReplayEnding: Sendable, Hashable {
    package let letter: LetterID
    package let result: ReplayResult
    /// The letter's failure and group from now on, where a worker refused it again.
    package let failure: LetterFailure?
    package let groupID: GroupID?

    package init(_ item: ReplayItem, _ result: ReplayResult, at time: Timestamp, note: RefusalNote = RefusalNote()) {
        letter = item.entry.id
        self.result = result
        switch result {
        case .refused(_, let code, let message), .died(let code, let message):
            var failure = item.entry.failure
            failure.reason = .refused
            failure.code = code
            failure.message = message
            failure.details = note.details
            failure.release = note.release
            failure.attempts += 1
            failure.lastFailedAt = max(time, failure.lastFailedAt)
            self.failure = failure
            groupID = GroupID(tenant: item.entry.caller?.tenant, command: item.entry.command, failure: failure)
        case .succeeded, .unanswered, .notSent, .redirected:
            failure = nil
            groupID = nil
        }
    }
}
