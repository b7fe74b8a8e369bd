internal import JSON
internal import Orders
package import Tokens

/// What `token verify` has found out, for people and for programs.
package enum TokenReport: Sendable {
    case principal(Principal)
    case signature(SignedToken)
    case refused(TokenRefusal)

    package var isAccepted: Bool {
        if case .refused = self { false } else { true }
    }

    /// The report with a line feed at its end.
    package func text(as format: OutputFormat) -> String {
        switch format {
        case .table: lines.map { TerminalText.safe($0) + "\n" }.joined()
        case .json: String(decoding: json, as: UTF8.self) + "\n"
        }
    }

    private var lines: [String] {
        switch self {
        case .principal(let principal):
            var lines = [
                "accepted",
                "client:   \(principal.clientID)",
                "tenant:   \(principal.tenant)",
                "scopes:   \(principal.scopes.joined(separator: " "))",
                "issuer:   \(principal.issuer)",
                "expires:  \(Timestamp(milliseconds: principal.expiresAt * 1000))",
            ]
            if let subject = principal.subject { lines.append("subject:  \(subject)") }
            if let tokenID = principal.tokenID { lines.append("token id: \(tokenID)") }
            if principal.isSenderConstrained {
                lines.append("bound to a client certificate, which cannot be proven over AMQP: refused there")
            }
            return lines
        case .signature(let signed):
            return [
                "signature valid, nothing else checked",
                "key:       \(signed.keyID?.description ?? "(unnamed)")",
                "algorithm: \(signed.algorithm.rawValue)",
                "payload:   \(String(decoding: signed.claims, as: UTF8.self))",
            ]
        case .refused(let refusal):
            return [refusal.rawValue, refusal.sentence]
        }
    }

    private var json: [UInt8] {
        switch self {
        case .principal(let principal): Self.json(of: principal)
        case .signature(let signed): Self.json(of: signed)
        case .refused(let refusal):
            JSONText.object([("refused", .text(refusal.rawValue)), ("message", .text(refusal.sentence))])
        }
    }

    private static func json(of principal: Principal) -> [UInt8] {
        var scopes: [UInt8] = [UInt8(ascii: "[")]
        for (index, scope) in principal.scopes.enumerated() {
            if index > 0 { scopes.append(UInt8(ascii: ",")) }
            scopes.appendJSONString(scope)
        }
        scopes.append(UInt8(ascii: "]"))
        var members: [(StaticString, JSONText.Value)] = [
            ("clientId", .text(principal.clientID)), ("tenant", .text(principal.tenant)), ("scopes", .raw(scopes)),
            ("issuer", .text(principal.issuer)), ("expiresAt", .number(Int(principal.expiresAt))),
            ("senderConstrained", .flag(principal.isSenderConstrained)),
        ]
        if let subject = principal.subject { members.append(("subject", .text(subject))) }
        if let tokenID = principal.tokenID { members.append(("tokenId", .text(tokenID))) }
        if let thumbprint = principal.certificateThumbprint {
            let text = String(decoding: Base64URL.encoded(thumbprint), as: UTF8.self)
            members.append(("certificateThumbprint", .text(text)))
        }
        return JSONText.object(members)
    }

    private static func json(of signed: SignedToken) -> [UInt8] {
        let isJSON = (try? JSONDocument(parsing: signed.claims)) != nil
        let text = String(decoding: Base64URL.encoded(signed.claims), as: UTF8.self)
        return JSONText.object([
            ("keyId", signed.keyID.map { .text(String(decoding: $0.utf8, as: UTF8.self)) } ?? .null),
            ("algorithm", .text(signed.algorithm.rawValue)),
            isJSON ? ("claims", .raw(signed.claims)) : ("payload", .text(text)),
        ])
    }
}
