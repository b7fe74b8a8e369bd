internal import COpenSSL

extension PrivateKeyHandle {
    /// The key in PEM (PKCS #8), unencrypted.
    var pem: [UInt8]? {
        defer { ERR_clear_error() }
        guard let output = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(output) }
        guard PEM_write_bio_PrivateKey(output, raw, nil, nil, 0, nil, nil) == 1 else { return nil }
        var pem = [UInt8](repeating: 0, count: 16 * 1024)
        let length = BIO_read(output, &pem, Int32(pem.count))
        return length > 0 ? Array(pem.prefix(Int(length))) : nil
    }

    /// A public number of the key, big-endian, filled up with zeros to a length.
    func number(_ name: String, padTo length: Int = 0) -> [UInt8]? {
        defer { ERR_clear_error() }
        var raw: OpaquePointer?
        guard EVP_PKEY_get_bn_param(self.raw, name, &raw) == 1, let raw else { return nil }
        let digits = BigNumberHandle(owning: raw).bigEndian
        return [UInt8](repeating: 0, count: max(length - digits.count, 0)) + digits
    }

    /// The 32 public bytes of an Ed25519 key.
    var rawPublicKey: [UInt8]? {
        defer { ERR_clear_error() }
        var bytes = [UInt8](repeating: 0, count: 32)
        var length = bytes.count
        return EVP_PKEY_get_raw_public_key(raw, &bytes, &length) == 1 && length == bytes.count ? bytes : nil
    }
}
