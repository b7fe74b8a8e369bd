internal import JSON

/// What a token's `cnf` binds it to.
///
/// Source: RFC 7800 §3.1; RFC 8705 §3.1.
struct TokenConfirmation {
    let isPresent: Bool
    /// SHA-256 of the client's certificate, 32 bytes.
    let certificateThumbprint: [UInt8]?

    init(_ member: JSONNode?) throws(TokenRefusal) {
        isPresent = member != nil
        guard let member else {
            certificateThumbprint = nil
            return
        }
        guard member.kind == .object else { throw .confirmationMalformed }
        guard let thumbprint = member.member("x5t#S256") else {
            certificateThumbprint = nil
            return
        }
        guard let text = thumbprint.utf8, let bytes = Base64URL.decoded(text), bytes.count == 32 else {
            throw .confirmationMalformed
        }
        certificateThumbprint = bytes
    }
}
