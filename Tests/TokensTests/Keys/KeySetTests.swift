import Testing
import Tokens

@Suite struct KeySetTests {
    private static let modulus = TokenVectors.dgstModulus
    private static let point = "\"x\":\"\(TokenVectors.rfc7515A3X)\",\"y\":\"\(TokenVectors.rfc7515A3Y)\""
    private static let edwards = "\"x\":\"\(TokenVectors.rfc8037A4X)\""
    private static let good = #"{"kty":"OKP","crv":"Ed25519","kid":"good",\#(edwards)}"#

    @Test(
        arguments: [
            (#""x""#, .notAnObject), ("null", .notAnObject), ("{}", .malformedMember),
            (#"{"kty":7}"#, .malformedMember),
            (#"{"kty":"oct","kid":"a","k":"AAAA"}"#, .unknownType), (#"{"kty":"rsa","kid":"a"}"#, .unknownType),
            (#"{"kty":"AKP","kid":"a"}"#, .unknownType), (#"{"kty":"O\u212aP","kid":"a"}"#, .unknownType),
            (rsa(#""use":"enc""#), .notForSignatures), (rsa(#""use":7"#), .notForSignatures),
            (rsa(#""key_ops":["sign"]"#), .notForSignatures), (rsa(#""key_ops":[]"#), .notForSignatures),
            (rsa(#""key_ops":"verify""#), .notForSignatures),
            (rsa(#""use":"sig","key_ops":["encrypt"]"#), .notForSignatures),
            (rsa(#""alg":"RSA-OAEP""#), .unknownAlgorithm), (rsa(#""alg":"RS512""#), .unknownAlgorithm),
            (rsa(#""alg":"none""#), .unknownAlgorithm), (rsa(#""alg":"HS256""#), .unknownAlgorithm),
            (rsa(#""alg":null"#), .malformedMember), (rsa(#""alg":"ES256""#), .algorithmOfOtherType),
            (rsa(#""kid":7"#, kid: nil), .malformedMember),
            (rsa("\"kid\":\"\(String(repeating: "k", count: 257))\"", kid: nil), .malformedMember),
            (rsa("", n: "AAAA"), .rsaSize), (rsa("", n: short), .rsaSize),
            (rsa("", n: String(modulus.dropLast(2))), .rsaSize),
            (rsa("", n: String(repeating: "_", count: 1366) + "8"), .rsaSize), (rsa("", n: even), .rsaSize),
            (rsa("", n: ""), .malformedMember), (rsa("", n: modulus + "="), .malformedMember),
            (rsa("", e: "AQ"), .rsaExponent), (rsa("", e: "Aw"), .rsaExponent), (rsa("", e: "AQAA"), .rsaExponent),
            (rsa("", e: "AQAAAAAAAAAB"), .rsaExponent), (rsa("", e: "AA"), .rsaExponent),
            (#"{"kty":"RSA","kid":"a","e":"AQAB"}"#, .malformedMember),
            (#"{"kty":"RSA","kid":"a","n":1,"e":2}"#, .malformedMember),
            (#"{"kty":"EC","kid":"a","crv":"P-384",\#(point)}"#, .unknownCurve),
            (#"{"kty":"EC","kid":"a","crv":"secp256k1",\#(point)}"#, .unknownCurve),
            (#"{"kty":"EC","kid":"a",\#(point)}"#, .unknownCurve),
            (#"{"kty":"EC","kid":"a","crv":"P-256","alg":"ES384",\#(point)}"#, .unknownAlgorithm),
            (#"{"kty":"EC","kid":"a","crv":"P-256","x":"AAAA","y":"AAAA"}"#, .malformedMember),
            (
                #"{"kty":"EC","kid":"a","crv":"P-256","x":"\#(TokenVectors.rfc7515A3Y)","y":"\#(TokenVectors.rfc7515A3X)"}"#,
                .notAKey
            ),
            (#"{"kty":"OKP","kid":"a","crv":"X25519",\#(edwards)}"#, .unknownCurve),
            (#"{"kty":"OKP","kid":"a","crv":"Ed448",\#(edwards)}"#, .unknownCurve),
            (#"{"kty":"OKP","kid":"a","crv":"Ed25519","x":"AAAA"}"#, .malformedMember),
            (#"{"kty":"OKP","kid":"a","crv":"Ed25519","alg":"RS256",\#(edwards)}"#, .algorithmOfOtherType),
            (rsa("", kid: nil), .noKeyID),
        ] as [(String, SkippedKey.Reason)]
    )
    func aKeyThatCannotBeUsedIsSkippedWithItsReason(_ key: String, _ reason: SkippedKey.Reason) throws {
        let keys = try KeySet(jwks: Array("{\"keys\":[\(Self.good),\(key)]}".utf8))
        #expect(keys.skipped.map(\.reason) == [reason])
        #expect(keys.skipped.map(\.index) == [1])
        #expect(keys.count == 1)
        #expect(keys.contains(KeyID("good")))
    }

    @Test(arguments: [
        rsa(""), rsa(#""use":"sig","key_ops":["verify"],"alg":"RS256","x5c":["MIIB"],"x5t":"x","extra":{}"#),
        rsa(#""alg":"PS256""#), rsa("", e: "AAEAAQ"), #"{"kty":"EC","kid":"a","crv":"P-256",\#(point)}"#,
        #"{"kty":"EC","kid":"a","crv":"P-256","alg":"ES256","key_ops":["sign","verify"],\#(point)}"#,
        #"{"kty":"OKP","kid":"a","crv":"Ed25519","alg":"EdDSA",\#(edwards)}"#,
        #"{"kty":"OKP","kid":"a","crv":"Ed25519","alg":"Ed25519",\#(edwards)}"#,
    ])
    func usableKeysAreUsed(_ key: String) throws {
        let keys = try KeySet(jwks: Array("{\"keys\":[\(key),\(Self.good)]}".utf8))
        #expect(keys.count == 2)
        #expect(keys.skipped.isEmpty)
    }

    @Test(arguments: [
        ("", "the key set is not JSON: the text ends too early, at byte 0"),
        (#"{"keys":[],"keys":[]}"#, "the key set is not JSON: an object names a member twice, at byte 11"),
        ("[]", "the key set is not an object with a list `keys`"),
        ("{}", "the key set is not an object with a list `keys`"),
        (#"{"keys":{}}"#, "the key set is not an object with a list `keys`"), (#"{"keys":[]}"#, "the key set is empty"),
        (
            #"{"keys":[{"kty":"oct","kid":"a","k":"AAAA"}]}"#,
            "the key set has no usable key: key 0 (a) is skipped: its `kty` is not RSA, EC or OKP"
        ),
        (#"{"keys":[\#(good),\#(good)]}"#, "two keys have the `kid` good"),
        (
            #"{"keys":[\#(good),{"kty":"EC","crv":"P-256","kid":"g\u006fod",\#(point)}]}"#,
            "two keys have the `kid` good"
        ),
        (
            #"{"keys":[\#(good),{"kty":"OKP","crv":"Ed25519","kid":"b","d":"AAAA",\#(edwards)}]}"#,
            "key 1 is a private key: publish its public half alone, and replace it"
        ),
        (
            #"{"keys":[\#(rsa(#""qi":"AAAA""#)),\#(good)]}"#,
            "key 0 is a private key: publish its public half alone, and replace it"
        ),
        (
            #"{"keys":[\#((0...100).map { _ in "{}" }.joined(separator: ","))]}"#,
            "the key set has more than 100 keys"
        ),
        (#"{"x":"\#(String(repeating: "x", count: 256 * 1024))"}"#, "the key set is longer than 256 KiB"),
    ])
    func aSpoiltSetIsRefusedAsAWhole(_ set: String, _ reason: String) {
        #expect {
            try KeySet(jwks: Array(set.utf8))
        } throws: {
            "\($0)" == reason
        }
    }

    @Test func aKeyOfAnotherUseMayShareAName() throws {
        let encryption = #"{"kty":"EC","crv":"P-256","kid":"good","use":"enc",\#(Self.point)}"#
        let keys = try KeySet(jwks: Array("{\"keys\":[\(encryption),\(Self.good)]}".utf8))
        #expect(
            keys.skipped.map(\.description) == [
                "key 0 (good) is skipped: its `use` is not `sig`, or its `key_ops` do not include `verify`"
            ]
        )
    }

    /// Elsewhere the first token to name a key without `alg` chose its algorithm for good.
    @Test func aJunkTokenDoesNotChooseTheAlgorithmOfAKey() throws {
        let issuer = try TestIssuer(.rs256)
        let jwks = String(decoding: try issuer.signer.publicJWKS(), as: UTF8.self)
        let parts = jwks.split(separator: ",").filter { !$0.hasPrefix("\"alg\"") }
        let keys = try KeySet(jwks: Array(parts.joined(separator: ",").utf8))
        let verifier = TokenVerifier(policy: TestIssuer.policy)
        let junk = try issuer.token(header: #"{"alg":"PS256","kid":"key-1","typ":"JWT"}"#)
        #expect(verifier.verify(junk, keys: keys, now: TestIssuer.now) == .refused(.algorithmMismatch))
        #expect(
            verifier.verify(try issuer.token(), keys: keys, now: TestIssuer.now) == issuer.verify(try issuer.token())
        )
    }

    @Test func setsAreTheSameWhenTheirKeysAre() throws {
        func set(_ keys: String) throws -> KeySet { try KeySet(jwks: Array("{\"keys\":[\(keys)]}".utf8)) }
        let one = try set(Self.good)
        #expect(one.hasSameKeys(as: try set(Self.good + ", {\"kty\":\"oct\"}")))
        #expect(!one.hasSameKeys(as: try set(Self.good + "," + Self.rsa(""))))
        #expect(!one.hasSameKeys(as: try set(#"{"kty":"OKP","crv":"Ed25519",\#(Self.edwards)}"#)))
        #expect(!one.hasSameKeys(as: try set(#"{"kty":"OKP","crv":"Ed25519","kid":"good","x":"\#(Self.other)"}"#)))
    }

    /// Another 32 bytes.
    private static let other = TokenVectors.rfc7515A3X
    /// 1024 bits.
    private static let short = String(modulus.prefix(170)) + "_w"
    /// The same modulus, but for its last bit.
    private static let even = String(modulus.dropLast()) + "g"

    private static func rsa(_ members: String, n: String = modulus, e: String = "AQAB", kid: String? = "a") -> String {
        let rest = [kid.map { "\"kid\":\"\($0)\"" } ?? "", members].filter { !$0.isEmpty }
        return "{\(([#""kty":"RSA","n":"\#(n)","e":"\#(e)""#] + rest).joined(separator: ","))}"
    }
}
