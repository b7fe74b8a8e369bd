internal import OrderHTTP
internal import Orders
internal import Tokens

/// The tokens' strict gate as the authenticator of requests.
struct RequestGate: RequestAuthenticator {
    private let authenticator: Authenticator
    /// Looks for keys that are not at hand.
    private let gate: TokenGate

    init(authenticator: Authenticator, gate: TokenGate) {
        self.authenticator = authenticator
        self.gate = gate
    }

    func authenticate(authorization: String) async -> TokenJudgement {
        let bytes = Array(authorization.utf8)
        switch judge(bytes) {
        case .done(let judgement):
            return judgement
        case .needs(let key):
            switch await gate.resolve(key) {
            case .refuse(let refusal): return .refused(refusal)
            case .unavailable: return .keysUnavailable
            case .judgeAgain:
                guard case .done(let judgement) = judge(bytes) else { return .keysUnavailable }
                return judgement
            }
        }
    }

    func remembers(authorization: String) -> Bool {
        authenticator.remembers(authorization: Array(authorization.utf8)[...])
    }

    private enum Verdict {
        case done(TokenJudgement)
        case needs(UnknownKey)
    }

    private func judge(_ authorization: [UInt8]) -> Verdict {
        switch authenticator.authenticate(authorization: authorization[...]) {
        case .accepted(let principal):
            .done(.caller(Caller(principal), TokenBinding(principal)))
        case .refused(let refusal):
            .done(.refused(Refusal(.invalidToken, refusal.sentence)))
        case .unknownKey(let keyID):
            .needs(.named(keyID.utf8))
        case .keysUnavailable:
            .needs(.any)
        }
    }
}

extension TokenBinding {
    fileprivate init(_ principal: Principal) {
        if let thumbprint = principal.certificateThumbprint {
            self = .certificate(thumbprint: thumbprint)
        } else {
            self = principal.isSenderConstrained ? .other : .none
        }
    }
}
