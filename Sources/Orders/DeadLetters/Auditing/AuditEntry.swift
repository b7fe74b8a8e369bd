/// An act as the audit keeps it, before it has its place there.
package struct AuditEntry: Sendable, Hashable {
    package var at: Timestamp
    package var actor: AuditActor
    package var action: AuditAction
    /// What it was done to: the reference of a letter, a group or a job.
    package var target: String?
    /// Whose the target is; an operator of one tenant sees that tenant's entries.
    package var tenant: String?
    package var reason: String?
    package var details: [AuditDetail]
    /// The network address that the order came from.
    package var address: String?
    package var requestID: String?
    package var outcome: AuditOutcome

    package init(
        at: Timestamp,
        actor: AuditActor,
        action: AuditAction,
        target: String? = nil,
        tenant: String? = nil,
        reason: String? = nil,
        details: [AuditDetail] = [],
        address: String? = nil,
        requestID: String? = nil,
        outcome: AuditOutcome = .allowed
    ) {
        self.at = at
        self.actor = actor
        self.action = action
        self.target = target
        self.tenant = tenant
        self.reason = reason
        self.details = details
        self.address = address
        self.requestID = requestID
        self.outcome = outcome
    }

    /// The same act with what the store found out while doing it.
    package func adding(_ details: AuditDetail...) -> AuditEntry {
        var entry = self
        entry.details += details
        return entry
    }
}
