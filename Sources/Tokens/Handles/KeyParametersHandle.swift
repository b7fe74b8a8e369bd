internal import COpenSSL

/// The named parts of a key, gathered for libcrypto to make the key from.
struct KeyParametersHandle: ~Copyable {
    private let builder: OpaquePointer

    init?() {
        guard let builder = OSSL_PARAM_BLD_new() else { return nil }
        self.builder = builder
    }

    deinit { OSSL_PARAM_BLD_free(builder) }

    /// Makes a public key of a type; nil where the parts do not add up to one.
    ///
    /// The parts pushed before must still be alive.
    /// Source: EVP_PKEY_fromdata(3).
    func makePublicKey(ofType type: String) -> PublicKeyHandle? {
        defer { ERR_clear_error() }
        guard let parameters = OSSL_PARAM_BLD_to_param(builder) else { return nil }
        defer { OSSL_PARAM_free(parameters) }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &key, orderbus_evp_pkey_public_key, parameters) == 1, let key
        else { return nil }
        return PublicKeyHandle(owning: key)
    }

    func push(_ name: StaticString, _ number: borrowing BigNumberHandle) -> Bool {
        OSSL_PARAM_BLD_push_BN(builder, Self.lasting(name), number.raw) == 1
    }

    func push(_ name: StaticString, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        OSSL_PARAM_BLD_push_octet_string(builder, Self.lasting(name), bytes.baseAddress, bytes.count) == 1
    }

    func push(_ name: StaticString, _ text: StaticString) -> Bool {
        OSSL_PARAM_BLD_push_utf8_string(builder, Self.lasting(name), Self.lasting(text), 0) == 1
    }

    /// libcrypto keeps the pointers it is given, so text must be a literal: ended by a zero and there for ever.
    private static func lasting(_ text: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
