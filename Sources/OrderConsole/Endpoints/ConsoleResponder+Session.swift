internal import HTTPTypes
internal import OrderHTTP
internal import Orders

extension ConsoleResponder {
    static let cookieName = "__Host-orderbus-session"

    func session(_ request: ConsoleRequest) async throws(Problem) -> ConsoleAnswer {
        switch request.method {
        case .post: return try await signIn(request)
        case .get: return ConsoleAnswer(JSONValue(session: try await identify(request)))
        case .delete: return try await signOut(request)
        default: throw .methodNotAllowed("GET, POST, DELETE")
        }
    }

    private func signIn(_ request: ConsoleRequest) async throws(Problem) -> ConsoleAnswer {
        guard !request.isFromElsewhere else { throw .otherSite }
        var members = try await request.members()
        let token = try members.required("token")
        try members.finish()
        let identity = try await identifySigningIn(token, request)
        let call = Call(request: request, identity: identity, now: now())
        guard !identity.who.scopes.isEmpty else {
            await note(call.entry(.signIn, outcome: .refused))
            throw .scopeMissing(.read)
        }
        _ = try await ask { () async throws(StoreError) in try await audit.append(call.entry(.signIn)) }
        if let old = request.cookie(Self.cookieName) { sessions.end(old) }
        let name = sessions.begin(identity, at: call.now)
        return ConsoleAnswer(.noContent, fields: [.setCookie: Self.cookie(name)])
    }

    /// Leaves word of a token that will not do, by which the audit shows who tries the door.
    private func identifySigningIn(_ token: String, _ request: ConsoleRequest) async throws(Problem) -> Identity {
        do throws(Problem) {
            return try await identify(authorization: token.hasPrefix("Bearer ") ? token : "Bearer \(token)")
        } catch {
            guard error.status == .unauthorized else { throw error }
            var entry = AuditEntry(at: now(), actor: .nobody, action: .signIn, outcome: .refused)
            entry.details = [AuditDetail("code", error.code)]
            entry.address = request.address
            entry.requestID = request.requestID
            await note(entry)
            throw error
        }
    }

    private func signOut(_ request: ConsoleRequest) async throws(Problem) -> ConsoleAnswer {
        let identity = try await identify(request)
        if let name = identity.session { sessions.end(name) }
        await note(Call(request: request, identity: identity, now: now()).entry(.signOut))
        return ConsoleAnswer(.noContent, fields: [.setCookie: Self.cookie("") + "; Max-Age=0"])
    }

    private static func cookie(_ value: String) -> String {
        "\(cookieName)=\(value); Path=/; Secure; HttpOnly; SameSite=Strict"
    }
}

extension JSONValue {
    fileprivate init(session identity: Identity) {
        let who = identity.who
        self = [
            "clientId": .text(who.clientID),
            "subject": JSONValue(who.subject),
            "tenant": .text(who.tenant),
            "scopes": .array(who.scopes.map(\.rawValue).sorted().map(JSONValue.text)),
            "expiresAt": .text(identity.expiresAt.description),
        ]
    }
}
