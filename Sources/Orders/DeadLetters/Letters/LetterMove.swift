/// An operator's decision about a letter: to put it aside, or to take it back.
package struct LetterMove: Sendable, Hashable {
    /// Where it was moved: `discarded`, or `kept` where it was restored.
    package let state: LetterState
    package let at: Timestamp
    /// As ``Operator/name``.
    package let by: String
    package let reason: String

    package init(to state: LetterState, at time: Timestamp, by name: String, reason: String) {
        self.state = state
        at = time
        by = name
        self.reason = reason
    }

    /// What the audit entry of a discard or a restore says of each of its letters.
    package init(to state: LetterState, _ audit: AuditEntry) {
        self.init(to: state, at: audit.at, by: audit.actor.name, reason: audit.reason ?? "")
    }
}
