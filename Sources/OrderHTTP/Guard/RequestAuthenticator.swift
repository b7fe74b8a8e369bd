package import Orders

/// Tells who sent a request, from the token that came with it.
package protocol RequestAuthenticator: Sendable {
    /// Judges a token, waiting a short while for a key that is not at hand.
    ///
    /// - Parameter authorization: the value of the one `Authorization` field.
    func authenticate(authorization: String) async -> TokenJudgement

    /// Whether the token was found good a while ago and still is, without checking a signature.
    func remembers(authorization: String) -> Bool
}

extension RequestAuthenticator {
    package func remembers(authorization: String) -> Bool { false }

    /// Whether a request's one `Authorization` field holds a token that is remembered.
    package func remembers(_ lines: [String]) -> Bool {
        guard lines.count == 1, let authorization = BearerField.read(lines[0]) else { return false }
        return remembers(authorization: authorization)
    }
}

/// What is to be made of a token.
package enum TokenJudgement: Sendable, Hashable {
    case caller(Caller, TokenBinding)
    /// The sender's fault.
    case refused(Refusal)
    /// Our outage: the keys cannot be had.
    case keysUnavailable
}

/// Whose hands a token is good in.
package enum TokenBinding: Sendable, Hashable {
    /// Anyone's.
    case none
    /// Those that hold the certificate with this SHA-256, 32 bytes (RFC 8705 §3.1).
    case certificate(thumbprint: [UInt8])
    /// Proven in a way that is not understood here.
    case other
}
