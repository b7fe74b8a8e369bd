/// A token in its three parts, decoded, and what its signature covers.
///
/// Source: RFC 7515 §3.1 and §7.1.
struct TokenSegments {
    static let maxTokenBytes = 8 * 1024
    static let maxHeaderBytes = 2 * 1024
    /// What an RSA key of 8192 bits makes.
    static let maxSignatureBytes = 1024

    let header: [UInt8]
    let claims: [UInt8]
    let signature: [UInt8]
    /// The bytes as received: they are never written anew.
    let signingInput: ArraySlice<UInt8>

    init(_ token: [UInt8]) throws(TokenRefusal) {
        guard token.count <= Self.maxTokenBytes else { throw .tooLong }
        let dots = token.indices.filter { token[$0] == UInt8(ascii: ".") }
        guard dots.count == 2 else { throw .notThreeSegments }
        let (first, second) = (dots[0], dots[1])
        // In base64url three bytes take four digits.
        guard first <= Self.maxHeaderBytes, token.count - second - 1 <= (Self.maxSignatureBytes * 4 + 2) / 3 else {
            throw .tooLong
        }
        guard let header = Base64URL.decoded(token[..<first]),
            let claims = Base64URL.decoded(token[(first + 1)..<second]),
            let signature = Base64URL.decoded(token[(second + 1)...])
        else { throw .notBase64URL }
        (self.header, self.claims, self.signature) = (header, claims, signature)
        signingInput = token[..<second]
    }
}
