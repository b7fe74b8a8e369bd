import Crypto
import FoundationEssentials

/// Passwords as RabbitMQ keeps them: base64 of a 4-byte salt and the digest of salt and password.
///
/// Source: RabbitMQ documentation, "Credentials and Passwords", computing password hashes.
package enum PasswordHash {
    /// The broker's default, and what this program makes.
    package static let algorithm = "rabbit_password_hashing_sha256"

    /// Hashes a password with a new salt.
    package static func make(_ password: String) -> String {
        encode(password, salt: (0..<4).map { _ in UInt8.random(in: .min ... .max) })
    }

    /// Whether a password belongs to a hash; false for hashes that cannot be read and algorithms not known here.
    package static func matches(_ password: String, hash: String, algorithm: String) -> Bool {
        guard let bytes = Data(base64Encoded: hash), bytes.count > 4 else { return false }
        let salt = Array(bytes.prefix(4))
        let salted = salt + Array(password.utf8)
        switch algorithm {
        case "rabbit_password_hashing_sha256": return Array(bytes.dropFirst(4)) == Array(SHA256.hash(data: salted))
        case "rabbit_password_hashing_sha512": return Array(bytes.dropFirst(4)) == Array(SHA512.hash(data: salted))
        default: return false
        }
    }

    private static func encode(_ password: String, salt: [UInt8]) -> String {
        Data(salt + Array(SHA256.hash(data: salt + Array(password.utf8)))).base64EncodedString()
    }
}
