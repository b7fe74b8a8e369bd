/// Which records to list, newest first; everything that is set must fit.
package struct AuditFilter: Sendable, Hashable {
    package var target: String?
    package var clientID: String?
    package var action: AuditAction?
    package var outcome: AuditOutcome?
    package var from: Timestamp?
    package var before: Timestamp?
    /// Only records before this one: the last of the page before.
    package var beforeSequence: Int64?
    package var limit: Int

    package static let limits = 1...1000

    package init(
        target: String? = nil,
        clientID: String? = nil,
        action: AuditAction? = nil,
        outcome: AuditOutcome? = nil,
        from: Timestamp? = nil,
        before: Timestamp? = nil,
        beforeSequence: Int64? = nil,
        limit: Int = 100
    ) {
        self.target = target
        self.clientID = clientID
        self.action = action
        self.outcome = outcome
        self.from = from
        self.before = before
        self.beforeSequence = beforeSequence
        self.limit = limit
    }
}
