import Tokens

/// A key that signs under another name than its own.
struct TokenSignerUnder {
    private let signer: TokenSigner
    private let keyID: String

    init(_ signer: TokenSigner, keyID: String) {
        self.signer = signer
        self.keyID = keyID
    }

    func token(_ claims: String) throws -> [UInt8] {
        let escaped = keyID.utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        let header = "{\"alg\":\"\(signer.algorithm.rawValue)\",\"kid\":\"\(escaped.joined())\",\"typ\":\"JWT\"}"
        return try signer.token(header: Array(header.utf8), claims: Array(claims.utf8))
    }
}
