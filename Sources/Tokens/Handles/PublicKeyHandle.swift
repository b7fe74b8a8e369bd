internal import COpenSSL

/// An `EVP_PKEY` that verifies, freed with its last user.
///
/// Shared between threads: the key is never changed once made, each verification has a context of its own, and what
/// libcrypto caches within a key it guards itself. Source: openssl-threads(7), "Objects are thread-safe as long as the
/// API's being invoked don't modify the object"; "updates to an object's internal state, such as cached values, are
/// done with locks".
final class PublicKeyHandle: Sendable {
    nonisolated(unsafe) private let raw: OpaquePointer

    init(owning raw: OpaquePointer) { self.raw = raw }

    deinit { EVP_PKEY_free(raw) }

    /// Verifies a signature in the form that JWS gives it.
    ///
    /// - Returns: false for any signature that is not right, be it of the wrong length or nonsense.
    /// Source: RFC 7518 §3.3 to §3.5; RFC 8037 §3.1.
    func isSignature(_ signature: [UInt8], of message: ArraySlice<UInt8>, by algorithm: TokenAlgorithm) -> Bool {
        switch algorithm {
        case .rs256, .ps256:
            return verify(signature, message, digest: EVP_sha256(), isPSS: algorithm == .ps256)
        case .es256:
            guard let encoded = ECDSASignature.der(raw: signature) else { return false }
            return verify(encoded, message, digest: EVP_sha256(), isPSS: false)
        case .edDSA, .ed25519:
            return signature.count == 64 && verify(signature, message, digest: nil, isPSS: false)
        }
    }

    private func verify(
        _ signature: [UInt8],
        _ message: ArraySlice<UInt8>,
        digest: OpaquePointer?,
        isPSS: Bool
    ) -> Bool {
        // What went wrong with a stranger's signature is of no interest, and would pile up on this thread.
        defer { ERR_clear_error() }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        var keyContext: OpaquePointer?
        guard EVP_DigestVerifyInit(context, &keyContext, digest, nil, raw) == 1 else { return false }
        if isPSS {
            guard EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING) == 1,
                EVP_PKEY_CTX_set_rsa_mgf1_md(keyContext, digest) == 1,
                EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, orderbus_rsa_pss_saltlen_digest) == 1
            else { return false }
        }
        return message.withUnsafeBufferPointer {
            EVP_DigestVerify(context, signature, signature.count, $0.baseAddress, $0.count) == 1
        }
    }
}
