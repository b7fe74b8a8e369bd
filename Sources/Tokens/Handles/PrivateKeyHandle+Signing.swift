internal import COpenSSL

extension PrivateKeyHandle {
    /// Signs in the form that JWS gives signatures; nil where the key does not fit the algorithm.
    func signature(of message: [UInt8], by algorithm: TokenAlgorithm) -> [UInt8]? {
        switch algorithm {
        case .rs256, .ps256: sign(message, digest: EVP_sha256(), isPSS: algorithm == .ps256)
        case .es256: sign(message, digest: EVP_sha256(), isPSS: false).flatMap(ECDSASignature.raw(der:))
        case .edDSA, .ed25519: sign(message, digest: nil, isPSS: false)
        }
    }

    private func sign(_ message: [UInt8], digest: OpaquePointer?, isPSS: Bool) -> [UInt8]? {
        defer { ERR_clear_error() }
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        var keyContext: OpaquePointer?
        guard EVP_DigestSignInit(context, &keyContext, digest, nil, raw) == 1 else { return nil }
        if isPSS {
            guard EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING) == 1,
                EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, orderbus_rsa_pss_saltlen_digest) == 1
            else { return nil }
        }
        var length = 0
        guard EVP_DigestSign(context, nil, &length, message, message.count) == 1 else { return nil }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, message, message.count) == 1 else { return nil }
        return Array(signature.prefix(length))
    }
}
