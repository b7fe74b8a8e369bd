internal import COpenSSL

/// An `EVP_PKEY` that signs, freed with its last user.
///
/// Shared between threads under the same rule as ``PublicKeyHandle``: each signature has a context of its own.
/// Source: openssl-threads(7), "two threads can calculate a signature using two different EVP_PKEY_CTX objects".
final class PrivateKeyHandle: Sendable {
    nonisolated(unsafe) let raw: OpaquePointer

    init(owning raw: OpaquePointer) { self.raw = raw }

    deinit { EVP_PKEY_free(raw) }

    /// Reads an unencrypted private key in PEM; nil where it is not one.
    convenience init?(pem: [UInt8]) {
        defer { ERR_clear_error() }
        // The BIO reads from the array itself, which must therefore outlast it.
        let key = pem.withUnsafeBytes { bytes -> OpaquePointer? in
            guard let input = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else { return nil }
            defer { BIO_free(input) }
            // Without a callback libcrypto would ask the terminal for a passphrase.
            return PEM_read_bio_PrivateKey(input, nil, { _, _, _, _ in -1 }, nil)
        }
        guard let raw = key else { return nil }
        self.init(owning: raw)
    }

    /// Makes a new key: RSA of 2048 bits, P-256 or Ed25519.
    convenience init?(generatedFor algorithm: TokenAlgorithm) {
        defer { ERR_clear_error() }
        let type =
            switch algorithm {
            case .rs256, .ps256: "RSA"
            case .es256: "EC"
            case .edDSA, .ed25519: "ED25519"
            }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_keygen_init(context) == 1 else { return nil }
        switch algorithm {
        case .rs256, .ps256: guard EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048) == 1 else { return nil }
        case .es256: guard EVP_PKEY_CTX_set_group_name(context, "prime256v1") == 1 else { return nil }
        case .edDSA, .ed25519: break
        }
        var raw: OpaquePointer?
        guard EVP_PKEY_generate(context, &raw) == 1, let raw else { return nil }
        self.init(owning: raw)
    }

    /// The algorithm that a key without a declared one is used with; nil for a key of another kind.
    var naturalAlgorithm: TokenAlgorithm? {
        if EVP_PKEY_is_a(raw, "RSA") == 1 { return .rs256 }
        if EVP_PKEY_is_a(raw, "ED25519") == 1 { return .edDSA }
        guard EVP_PKEY_is_a(raw, "EC") == 1, EVP_PKEY_get_bits(raw) == 256 else { return nil }
        return groupName == "prime256v1" ? .es256 : nil
    }

    private var groupName: String {
        var name = [CChar](repeating: 0, count: 64)
        var length = 0
        guard EVP_PKEY_get_group_name(raw, &name, name.count, &length) == 1 else { return "" }
        return String(decoding: name.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
