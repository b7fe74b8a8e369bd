internal import HTTPTypes
internal import OrderHTTP
internal import Orders

extension ConsoleResponder {
    static let cookieName = "__Host-orderbus-session"
    /// A token has at most half of it.
    private static let signInLimit = 16 << 10

    func session(_ request: ConsoleRequest) async throws(Problem) -> ConsoleAnswer {
        switch request.method {
        case .post: return try await signIn(request)
        case .get: return ConsoleAnswer(JSONValue(session: try await identify(request)))
        case .delete: return try await signOut(request)
        default: throw .methodNotAllowed("GET, HEAD, POST, DELETE")
        }
    }

    private func signIn(_ request: ConsoleRequest) async throws(Problem) -> ConsoleAnswer {
        guard !request.isFromElsewhere else { throw .otherSite }
        let token = try await token(of: request)
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

    /// Reads what anybody may send; what is no token counts against whoever sends it, as a bad token does.
    private func token(of request: ConsoleRequest) async throws(Problem) -> String {
        do throws(Problem) {
            var members = try await request.members(limit: Self.signInLimit)
            let token = try members.required("token")
            try members.finish()
            return token
        } catch {
            door.failed(request.source)
            throw error
        }
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
