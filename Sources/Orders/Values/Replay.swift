/// By whose authority a dead letter was sent again: the operator's own token has proved who it is.
///
/// A class, so that the callers who have none stay small.
package final class Replay: Sendable {
    package let operatorTenant: String
    package let operatorClient: String
    package let operatorSubject: String?
    /// The console's names for the job and for the letter, as it gave them.
    package let replayID: String?
    package let deadLetterID: String?

    /// - Parameter authority: the operator, as the token proved it.
    package init(by authority: Caller, replayID: String?, deadLetterID: String?) {
        operatorTenant = authority.tenant
        operatorClient = authority.clientID
        operatorSubject = authority.subject
        self.replayID = replayID
        self.deadLetterID = deadLetterID
    }

    private var fields: [String?] { [operatorTenant, operatorClient, operatorSubject, replayID, deadLetterID] }
}

extension Replay: Hashable {
    package static func == (left: Replay, right: Replay) -> Bool {
        left === right || left.fields == right.fields
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(fields) }
}
