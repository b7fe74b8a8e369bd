internal import JSON

extension TokenSigner {
    /// The public key as a JWK set of one key, ready to be served or written to a file.
    package func publicJWKS() throws(TokenSigningError) -> [UInt8] {
        var set: [UInt8] = []
        set.appendLiteral("{\"keys\":[")
        set += try publicJWK()
        set.appendLiteral("]}\n")
        return set
    }

    /// The public key as a JWK.
    package func publicJWK() throws(TokenSigningError) -> [UInt8] {
        var jwk: [UInt8] = []
        switch algorithm {
        case .rs256, .ps256: jwk.appendLiteral("{\"kty\":\"RSA\"")
        case .es256: jwk.appendLiteral("{\"kty\":\"EC\",\"crv\":\"P-256\"")
        case .edDSA, .ed25519: jwk.appendLiteral("{\"kty\":\"OKP\",\"crv\":\"Ed25519\"")
        }
        for (name, value) in publicMembers {
            guard let value else { throw .failed }
            jwk.appendLiteral(",\"")
            jwk.appendLiteral(name)
            jwk.appendLiteral("\":")
            jwk.appendJSONString(utf8: Base64URL.encoded(value)[...])
        }
        jwk.appendLiteral(",\"alg\":")
        jwk.appendJSONString(algorithm.rawValue)
        jwk.appendLiteral(",\"use\":\"sig\"")
        if let keyID {
            jwk.appendLiteral(",\"kid\":")
            jwk.appendJSONString(utf8: keyID.utf8[...])
        }
        jwk.appendLiteral("}")
        return jwk
    }
}
