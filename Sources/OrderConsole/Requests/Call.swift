internal import HTTPTypes
internal import OrderHTTP
internal import Orders

/// A request to the interface, from somebody who is known.
struct Call: Sendable {
    let request: ConsoleRequest
    let identity: Identity
    let now: Timestamp

    var who: Operator { identity.who }
    var reach: TenantReach { identity.who.reach }

    /// Answers one method alone.
    func on(
        _ method: HTTPRequest.Method,
        _ body: () async throws(Problem) -> ConsoleAnswer
    ) async throws(Problem) -> ConsoleAnswer {
        guard request.method == method else { throw .methodNotAllowed(method == .get ? "GET, HEAD" : method.rawValue) }
        return try await body()
    }

    /// What the audit is to say of it.
    func entry(
        _ action: AuditAction,
        target: String? = nil,
        tenant: String? = nil,
        reason: String? = nil,
        details: [AuditDetail] = [],
        outcome: AuditOutcome = .allowed
    ) -> AuditEntry {
        AuditEntry(
            at: now,
            actor: AuditActor(who),
            action: action,
            target: target,
            tenant: tenant,
            reason: reason,
            details: details,
            address: request.address,
            requestID: request.requestID,
            outcome: outcome
        )
    }
}

extension AuditEntry {
    /// The same act, but not allowed.
    ///
    /// - Parameter why: as the caller is told.
    func refused(_ why: String) -> AuditEntry {
        var entry = adding(AuditDetail("refusal", why))
        entry.outcome = .refused
        return entry
    }
}

extension ConsoleResponder {
    /// Refuses what the token does not allow, and leaves word of it.
    func require(
        _ scope: DeadLetterScope,
        _ call: Call,
        _ action: AuditAction,
        target: String? = nil
    ) async throws(Problem) {
        guard !call.who.scopes.contains(scope) else { return }
        await note(
            call.entry(action, target: target, details: [AuditDetail("scope", scope.rawValue)], outcome: .refused)
        )
        throw .scopeMissing(scope)
    }

    /// Leaves word of an act that is refused for another reason.
    ///
    /// - Returns: what the caller is told.
    func refusal(of entry: AuditEntry, _ problem: Problem) async -> Problem {
        let why = problem.details.first.map { "\(problem.message): \($0.field) \($0.message)" } ?? problem.message
        await note(entry.refused(why))
        return problem
    }

    /// Writes what must not be lost, though it changes nothing: a failure leaves a line in the log.
    func note(_ entry: AuditEntry) async {
        _ = try? await ask { () async throws(StoreError) in try await audit.append(entry) }
    }
}
