internal import Orders
internal import Synchronization
internal import Tokens

/// The tokens' strict gate as the authenticator of commands.
///
/// One for the whole process, because what one lane has waited for in vain the others need not wait for again.
final class TokenGate: CallerAuthenticator {
    private let authenticator: Authenticator
    private let refresher: KeyRefresher
    /// How long a lane stands still for a key; then its command waits elsewhere.
    private let patience: @Sendable () async -> Void
    private let trust = Mutex(IssuerTrust())

    /// - Parameter patience: returns once it is over. Half a second by default.
    init(
        authenticator: Authenticator,
        refresher: KeyRefresher,
        patience: @escaping @Sendable () async -> Void = { try? await Task.sleep(for: .milliseconds(500)) }
    ) {
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
        guard trust.withLock({ $0.isWorthWaiting(refresher.status) }) else { return await look(for: key, waits: false) }
        let found = await withTaskGroup { group in
            group.addTask { await self.look(for: key, waits: true) as Orders.KeyResolution? }
            group.addTask { [patience] in
                await patience()
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        if let found { return found }
        if !Task.isCancelled { trust.withLock { $0.lose(at: .now) } }
        return .unavailable
    }

    private func look(for key: UnknownKey, waits: Bool) async -> Orders.KeyResolution {
        guard case .named(let name) = key else {
            if waits { try? await refresher.waitUntilReady() }
            return refresher.status.isReady ? .judgeAgain : .unavailable
        }
        return switch await refresher.resolve(unknownKey: KeyID(utf8: name), waits: waits) {
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
