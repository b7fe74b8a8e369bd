internal import JSON

/// One entry of a JWK set, as a stranger wrote it.
///
/// Source: RFC 7517 §4; RFC 7518 §6; RFC 8037 §2.
struct JWK {
    private let node: JSONNode

    init(_ node: JSONNode) { self.node = node }

    var keyID: KeyID? {
        guard let bytes = node.member("kid")?.utf8, bytes.count <= KeyID.maxBytes else { return nil }
        return KeyID(utf8: Array(bytes))
    }

    /// Whether an asymmetric key brings parts that only its owner may have.
    var isPrivate: Bool {
        guard let type = node.member("kty") else { return false }
        let isAsymmetric = type.isString("RSA") || type.isString("EC") || type.isString("OKP")
        let privateMembers: [StaticString] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]
        return isAsymmetric && privateMembers.contains { node.member($0) != nil }
    }

    func verificationKey() throws(SkippedKey.Reason) -> VerificationKey {
        guard node.kind == .object else { throw .notAnObject }
        guard let type = node.member("kty"), type.kind == .string else { throw .malformedMember }
        guard node.member("kid") == nil || keyID != nil else { throw .malformedMember }
        guard isForVerifying else { throw .notForSignatures }
        if type.isString("RSA") { return try rsaKey(algorithm(outOf: [.rs256, .ps256])) }
        if type.isString("EC") { return try p256Key(algorithm(outOf: [.es256])) }
        if type.isString("OKP") { return try ed25519Key(algorithm(outOf: [.edDSA, .ed25519])) }
        throw .unknownType
    }

    /// The algorithm that the key names, else the first of those that go with its type.
    private func algorithm(outOf fitting: [TokenAlgorithm]) throws(SkippedKey.Reason) -> TokenAlgorithm {
        guard let member = node.member("alg") else { return fitting[0] }
        guard let name = member.utf8 else { throw .malformedMember }
        guard let algorithm = TokenAlgorithm(named: name) else { throw .unknownAlgorithm }
        guard fitting.contains(algorithm) else { throw .algorithmOfOtherType }
        return algorithm
    }

    private var isForVerifying: Bool {
        if let use = node.member("use"), !use.isString("sig") { return false }
        guard let operations = node.member("key_ops") else { return true }
        return operations.elements.contains { $0.isString("verify") }
    }

    private func rsaKey(_ algorithm: TokenAlgorithm) throws(SkippedKey.Reason) -> VerificationKey {
        let (n, e) = (try bytes(of: "n", upTo: 1025), try bytes(of: "e", upTo: 1025))
        guard let modulus = BigNumberHandle(bigEndian: n), let exponent = BigNumberHandle(bigEndian: e) else {
            throw .notAKey
        }
        guard (2048...8192).contains(modulus.bitCount), modulus.isOdd else { throw .rsaSize }
        // libcrypto refuses more than 64 bits with large moduli: they only make verifying slow.
        guard exponent.isOdd, (17...64).contains(exponent.bitCount) else { throw .rsaExponent }
        let handle = PublicKeyHandle.rsa(modulus: modulus, exponent: exponent)
        return try key(algorithm, [modulus.bigEndian, exponent.bigEndian], handle)
    }

    private func p256Key(_ algorithm: TokenAlgorithm) throws(SkippedKey.Reason) -> VerificationKey {
        guard let curve = node.member("crv"), curve.isString("P-256") else { throw .unknownCurve }
        let (x, y) = (try bytes(of: "x", upTo: 32), try bytes(of: "y", upTo: 32))
        guard x.count == 32, y.count == 32 else { throw .malformedMember }
        return try key(algorithm, [x, y], PublicKeyHandle.p256(x: x, y: y))
    }

    private func ed25519Key(_ algorithm: TokenAlgorithm) throws(SkippedKey.Reason) -> VerificationKey {
        guard let curve = node.member("crv"), curve.isString("Ed25519") else { throw .unknownCurve }
        let x = try bytes(of: "x", upTo: 32)
        guard x.count == 32 else { throw .malformedMember }
        return try key(algorithm, [x], PublicKeyHandle.ed25519(x))
    }

    private func key(
        _ algorithm: TokenAlgorithm,
        _ material: [[UInt8]],
        _ handle: PublicKeyHandle?
    ) throws(SkippedKey.Reason) -> VerificationKey {
        guard let handle else { throw .notAKey }
        return VerificationKey(keyID: keyID, algorithm: algorithm, material: material, handle: handle)
    }

    private func bytes(of name: StaticString, upTo most: Int) throws(SkippedKey.Reason) -> [UInt8] {
        guard let text = node.member(name)?.utf8, let bytes = Base64URL.decoded(text), !bytes.isEmpty,
            bytes.count <= most
        else { throw .malformedMember }
        return bytes
    }
}
