import OrderHTTP
import Orders

/// Knows a few tokens by name.
struct FixedAuthenticator: RequestAuthenticator {
    static let caller = Caller(
        tenant: "acme",
        clientID: "loadgen",
        subject: nil,
        scopes: ["orders:write", "orders:read"]
    )

    func remembers(authorization: String) -> Bool { authorization == "Bearer good" }

    func authenticate(authorization: String) async -> TokenJudgement {
        let caller = Self.caller
        switch authorization {
        case "Bearer good": return .caller(caller, .none)
        case "Bearer bound": return .caller(caller, .certificate(thumbprint: Array(repeating: 7, count: 32)))
        case "Bearer reader":
            return .caller(Caller(tenant: "acme", clientID: "r", subject: nil, scopes: ["orders:read"]), .none)
        case "Bearer writer":
            return .caller(Caller(tenant: "acme", clientID: "w", subject: nil, scopes: ["orders:write"]), .none)
        case "Bearer early": return .keysUnavailable
        default: return .refused(Refusal(.invalidToken, "The token is not \"good\"."))
        }
    }
}
