/// Decides about tokens: a strict gate, rule by rule, with libcrypto for the signature alone.
///
/// Pure: the keys and the time are given, nothing is kept.
package struct TokenVerifier: Sendable {
    package let policy: TokenPolicy

    package init(policy: TokenPolicy) { self.policy = policy }

    /// Decides about one token, given without `Bearer`.
    ///
    /// - Parameter now: seconds since 1970.
    /// - Returns: the principal, the first rule broken, or the name of the key that is missing.
    /// - Complexity: one signature check, some 30 µs with RSA of 2048 bits; less for most bad tokens.
    package func verify(_ token: [UInt8], keys: KeySet, now: Int64) -> TokenVerdict {
        switch Self.verifySignature(of: token, keys: keys, typesAllowed: policy.allowedTypes) {
        case .refused(let refusal): return .refused(refusal)
        case .unknownKey(let keyID): return .unknownKey(keyID)
        case .valid(let signed):
            do throws(TokenRefusal) {
                return .accepted(try TokenClaims(signed.claims).principal(under: policy, now: now))
            } catch {
                return .refused(error)
            }
        }
    }

    /// Decides about a signature, whatever the token claims: form, header, key and signature, but neither `typ` nor claims.
    package static func verifySignature(of token: [UInt8], keys: KeySet) -> SignatureVerdict {
        verifySignature(of: token, keys: keys, typesAllowed: nil)
    }

    private static func verifySignature(of token: [UInt8], keys: KeySet, typesAllowed: [String]?) -> SignatureVerdict {
        do throws(TokenRefusal) {
            let segments = try TokenSegments(token)
            let header = try TokenHeader(segments.header, typesAllowed: typesAllowed)
            let key: VerificationKey
            switch Self.key(for: header, in: keys) {
            case .found(let found): key = found
            case .unknown(let keyID): return .unknownKey(keyID)
            case .unnamed: throw .keyIDMissing
            }
            guard key.algorithm == header.algorithm else { throw .algorithmMismatch }
            guard key.handle.isSignature(segments.signature, of: segments.signingInput, by: key.algorithm) else {
                throw .signatureInvalid
            }
            return .valid(SignedToken(keyID: header.keyID, algorithm: key.algorithm, claims: segments.claims))
        } catch {
            return .refused(error)
        }
    }

    private enum KeyChoice {
        case found(VerificationKey)
        case unknown(KeyID)
        case unnamed
    }

    /// The key that the header names, or the issuer's one key where it names none; there is no fall-back.
    private static func key(for header: TokenHeader, in keys: KeySet) -> KeyChoice {
        guard let keyID = header.keyID else { return keys.soleKey.map(KeyChoice.found) ?? .unnamed }
        return keys.key(named: keyID).map(KeyChoice.found) ?? .unknown(keyID)
    }
}
