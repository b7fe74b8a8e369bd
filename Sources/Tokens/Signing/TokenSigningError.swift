/// Why a token cannot be signed.
package enum TokenSigningError: String, Error, Sendable, Hashable, CustomStringConvertible {
    case notAPrivateKey = "not an unencrypted private key in PEM"
    case unsupportedKey = "the key is not RSA, P-256 or Ed25519, or does not go with the algorithm"
    case failed = "libcrypto failed"

    package var description: String { rawValue }
}
