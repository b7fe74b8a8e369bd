/// Who did something, or tried to.
package struct AuditActor: Sendable, Hashable {
    package let clientID: String
    package let subject: String?
    package let tenant: String?

    package init(clientID: String, subject: String?, tenant: String?) {
        self.clientID = clientID
        self.subject = subject
        self.tenant = tenant
    }

    package init(_ who: Operator) {
        self.init(clientID: who.clientID, subject: who.subject, tenant: who.tenant)
    }

    /// For people: the subject where there is one, and the client.
    package var name: String { subject.map { $0 == clientID ? $0 : "\($0) (\(clientID))" } ?? clientID }

    /// The console itself: a runner, the retention.
    package static let console = AuditActor(clientID: "orderbus console", subject: nil, tenant: nil)
    /// Whoever could not even say who they are.
    package static let nobody = AuditActor(clientID: "", subject: nil, tenant: nil)
}
