internal import JSON

/// Signs tokens for development, tests and load: the side of the issuer.
package struct TokenSigner: Sendable {
    private let key: PrivateKeyHandle
    package let algorithm: TokenAlgorithm
    /// Goes into each header as `kid`, and into the public key; nil leaves it out of both.
    package let keyID: KeyID?

    /// Takes over an unencrypted private key in PEM: RSA, P-256 or Ed25519.
    ///
    /// - Parameter algorithm: where nil, RS256, ES256 or EdDSA, as the key's kind goes.
    package init(pem: [UInt8], keyID: KeyID?, algorithm: TokenAlgorithm? = nil) throws(TokenSigningError) {
        guard let key = PrivateKeyHandle(pem: pem) else { throw .notAPrivateKey }
        guard let natural = key.naturalAlgorithm else { throw .unsupportedKey }
        let algorithm = algorithm ?? natural
        guard Self.fits(algorithm, natural) else { throw .unsupportedKey }
        (self.key, self.keyID, self.algorithm) = (key, keyID, algorithm)
    }

    /// Makes a new key: RSA of 2048 bits, P-256 or Ed25519, as the algorithm goes.
    package init(generating algorithm: TokenAlgorithm, keyID: KeyID?) throws(TokenSigningError) {
        guard let key = PrivateKeyHandle(generatedFor: algorithm) else { throw .failed }
        (self.key, self.keyID, self.algorithm) = (key, keyID, algorithm)
    }

    /// Signs claims, a JSON object, under a header of `alg`, `kid` and `typ`.
    package func token(claims: [UInt8], type: String? = "at+jwt") throws(TokenSigningError) -> [UInt8] {
        var header: [UInt8] = []
        header.appendLiteral("{\"alg\":")
        header.appendJSONString(algorithm.rawValue)
        if let keyID {
            header.appendLiteral(",\"kid\":")
            header.appendJSONString(utf8: keyID.utf8[...])
        }
        if let type {
            header.appendLiteral(",\"typ\":")
            header.appendJSONString(type)
        }
        header.appendLiteral("}")
        return try token(header: header, claims: claims)
    }

    /// Signs any bytes under any header, whatever that says.
    package func token(header: [UInt8], claims: [UInt8]) throws(TokenSigningError) -> [UInt8] {
        let input = Base64URL.encoded(header) + [UInt8(ascii: ".")] + Base64URL.encoded(claims)
        guard let signature = key.signature(of: input, by: algorithm) else { throw .failed }
        return input + [UInt8(ascii: ".")] + Base64URL.encoded(signature)
    }

    /// The private key in PEM; to be kept where its owner alone can read it.
    package func privatePEM() throws(TokenSigningError) -> [UInt8] {
        guard let pem = key.pem else { throw .failed }
        return pem
    }

    /// The members of the public key as a JWK: names and base64url values.
    var publicMembers: [(name: StaticString, value: [UInt8]?)] {
        switch algorithm {
        case .rs256, .ps256: [("n", key.number("n")), ("e", key.number("e"))]
        case .es256: [("x", key.number("qx", padTo: 32)), ("y", key.number("qy", padTo: 32))]
        case .edDSA, .ed25519: [("x", key.rawPublicKey)]
        }
    }

    private static func fits(_ algorithm: TokenAlgorithm, _ natural: TokenAlgorithm) -> Bool {
        switch algorithm {
        case .rs256, .ps256: natural == .rs256
        case .es256: natural == .es256
        case .edDSA, .ed25519: natural == .edDSA
        }
    }
}
