internal import COpenSSL

/// The parts' names are those of `openssl/core_names.h`.
extension PublicKeyHandle {
    /// Makes an RSA key from big-endian integers; nil where libcrypto will not have them.
    static func rsa(modulus: borrowing BigNumberHandle, exponent: borrowing BigNumberHandle) -> PublicKeyHandle? {
        guard let parameters = KeyParametersHandle(),
            parameters.push("n", modulus), parameters.push("e", exponent)
        else { return nil }
        return parameters.makePublicKey(ofType: "RSA")
    }

    /// Makes a P-256 key from its coordinates, 32 bytes each; nil where they are no point of the curve.
    static func p256(x: [UInt8], y: [UInt8]) -> PublicKeyHandle? {
        let uncompressedPoint = [0x04] + x + y
        return uncompressedPoint.withUnsafeBufferPointer { point in
            guard let parameters = KeyParametersHandle(),
                parameters.push("group", "prime256v1"),
                parameters.push("pub", point)
            else { return nil }
            return parameters.makePublicKey(ofType: "EC")
        }
    }

    /// Makes an Ed25519 key from its 32 bytes.
    static func ed25519(_ bytes: [UInt8]) -> PublicKeyHandle? {
        defer { ERR_clear_error() }
        return EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, bytes, bytes.count).map(
            PublicKeyHandle.init(owning:)
        )
    }
}
