internal import Crypto

/// The SHA-256 by which two spellings of one command are known to be the same.
///
/// 32 bytes.
package enum Fingerprint {
    package static func of(_ canonical: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: canonical))
    }
}
