/// Who drains dead letters, as the token proved it.
package struct Operator: Sendable, Hashable {
    package let clientID: String
    package let subject: String?
    /// The tenant of the token.
    package let tenant: String
    package let reach: TenantReach
    package let scopes: Set<DeadLetterScope>

    /// Takes the operator from a verified token.
    ///
    /// - Parameter operatingTenant: the tenant whose operators look after all others, from the settings; `nil` if
    ///   there is none, and then everybody sees the own tenant alone.
    package init(_ caller: Caller, operatingTenant: String?) {
        self.init(
            clientID: caller.clientID,
            subject: caller.subject,
            tenant: caller.tenant,
            reach: caller.tenant.isSameName(as: operatingTenant) ? .all : .one(caller.tenant),
            scopes: Set(caller.scopes.compactMap(DeadLetterScope.init(rawValue:)))
        )
    }

    package init(
        clientID: String,
        subject: String?,
        tenant: String,
        reach: TenantReach,
        scopes: Set<DeadLetterScope>
    ) {
        self.clientID = clientID
        self.subject = subject
        self.tenant = tenant
        self.reach = reach
        self.scopes = scopes
    }

    /// For people: the subject where there is one, and the client.
    package var name: String { AuditActor(self).name }

    /// Refuses what the token does not allow; nothing is allowed that is not asked for here.
    package func require(_ scope: DeadLetterScope) throws(Refusal) {
        guard scopes.contains(scope) else {
            throw Refusal(.insufficientScope, "The token lacks the scope \(scope.rawValue)")
        }
    }
}
