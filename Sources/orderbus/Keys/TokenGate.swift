internal import Orders
internal import Tokens

/// The tokens' strict gate as the authenticator of commands.
struct TokenGate: CallerAuthenticator {
    private let authenticator: Authenticator
    private let refresher: KeyRefresher
    /// How long a lane stands still for a key; then its command waits elsewhere.
    private let patience: Duration

    init(authenticator: Authenticator, refresher: KeyRefresher, patience: Duration = .milliseconds(500)) {
        self.authenticator = authenticator
        self.refresher = refresher
        self.patience = patience
    }

    func authenticate(authorization: ArraySlice<UInt8>?, provenBinding: Bool) -> Authentication {
        guard let authorization, !authorization.isEmpty else {
            return .refused(Refusal(.unauthorized, "The command has no token: header authorization, Bearer and a JWT"))
        }
        switch authenticator.authenticate(authorization: authorization) {
        case .accepted(let principal):
            guard !principal.isSenderConstrained || provenBinding else {
                return .refused(
                    Refusal(.invalidToken, "The token is bound to a certificate, which cannot be proven over AMQP")
                )
            }
            return .caller(Caller(principal))
        case .refused(let refusal):
            return .refused(Refusal(.invalidToken, refusal.sentence))
        case .unknownKey(let keyID):
            return .unknownKey(.named(keyID.utf8))
        case .keysUnavailable:
            return .unknownKey(.any)
        }
    }

    func resolve(_ key: UnknownKey) async -> Orders.KeyResolution {
        await withTaskGroup { group in
            group.addTask { await resolveEventually(key) }
            group.addTask {
                try? await Task.sleep(for: patience)
                return .unavailable
            }
            defer { group.cancelAll() }
            return await group.next() ?? .unavailable
        }
    }

    private func resolveEventually(_ key: UnknownKey) async -> Orders.KeyResolution {
        guard case .named(let name) = key else {
            try? await refresher.waitUntilReady()
            return refresher.status.isReady ? .judgeAgain : .unavailable
        }
        return switch await refresher.resolve(unknownKey: KeyID(utf8: name)) {
        case .nowKnown: .judgeAgain
        case .absent: .refuse(Refusal(.invalidToken, TokenRefusal.keyUnknown.sentence))
        case .unavailable: .unavailable
        }
    }
}

extension Caller {
    init(_ principal: Principal) {
        self.init(
            tenant: principal.tenant,
            clientID: principal.clientID,
            subject: principal.subject,
            scopes: principal.scopes
        )
    }
}
