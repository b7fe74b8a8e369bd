import OrderTestKit
import Testing
import Tokens

@Suite struct TokenVerifierTests {
    @Test(arguments: TokenAlgorithm.allCases)
    func acceptsAGoodTokenOfEveryAlgorithm(_ algorithm: TokenAlgorithm) throws {
        let issuer = try TestIssuer(algorithm)
        for _ in 0..<20 {
            guard case .accepted(let principal) = issuer.verify(try issuer.token()) else {
                Issue.record("refused: \(issuer.verify(try issuer.token()))")
                return
            }
            #expect(principal.clientID == "loadgen")
        }
    }

    @Test func readsWhoTheTokenSpeaksFor() throws {
        let issuer = try TestIssuer()
        let wanted = Principal(
            issuer: "https://issuer.example",
            subject: "user-7",
            clientID: "loadgen",
            tenant: "acme",
            scopes: ["orders:write", "orders:read"],
            expiresAt: TestIssuer.now + 600,
            tokenID: "token-1",
            isSenderConstrained: false
        )
        #expect(issuer.verify(try issuer.token()) == .accepted(wanted))
    }

    @Test(
        arguments: [
            (#"{"alg":"ES256","kid":"key-1","typ":"at+jwt"}"#, nil),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT"}"#, nil), (#"{"alg":"ES256","kid":"key-1","typ":"jwt"}"#, nil),
            (#"{"alg":"ES256","kid":"key-1","typ":"Application/AT+JWT"}"#, nil),
            (#"{"alg":"ES256","typ":"at+jwt"}"#, nil),
            (#"{"\u0061lg":"ES256","kid":"key\u002d1","typ":"at+jwt"}"#, nil),
            (#"{"alg":"ES256","kid":"key-1","typ":"at+jwt","x5t":"x","extra":{"a":[1]}}"#, nil),

            (#"{"alg":"none","kid":"key-1","typ":"at+jwt"}"#, .algorithmNotAllowed),
            (#"{"alg":"None","kid":"key-1","typ":"at+jwt"}"#, .algorithmNotAllowed),
            (#"{"alg":"nOnE","kid":"key-1","typ":"at+jwt"}"#, .algorithmNotAllowed),
            (#"{"alg":"","kid":"key-1","typ":"at+jwt"}"#, .algorithmNotAllowed),
            (#"{"alg":256,"kid":"key-1","typ":"at+jwt"}"#, .algorithmNotAllowed),
            (#"{"alg":["ES256"],"kid":"key-1","typ":"at+jwt"}"#, .algorithmNotAllowed),
            (#"{"alg":null,"kid":"key-1","typ":"at+jwt"}"#, .algorithmNotAllowed),
            (#"{"kid":"key-1","typ":"at+jwt"}"#, .algorithmNotAllowed),
            (#"{"alg":"HS256","kid":"key-1","typ":"at+jwt"}"#, .algorithmNotAllowed),
            (#"{"alg":"ES384","kid":"key-1","typ":"at+jwt"}"#, .algorithmNotAllowed),
            (#"{"alg":"es256","kid":"key-1","typ":"at+jwt"}"#, .algorithmNotAllowed),
            (#"{"alg":"ES256\u0000","kid":"key-1","typ":"at+jwt"}"#, .algorithmNotAllowed),
            (#"{"alg":"RSA-OAEP","enc":"A256GCM","kid":"key-1","typ":"at+jwt"}"#, .algorithmNotAllowed),
            (#"{"alg":"RS256","kid":"key-1","typ":"at+jwt"}"#, .algorithmMismatch),
            (#"{"alg":"EdDSA","kid":"key-1","typ":"at+jwt"}"#, .algorithmMismatch),
            (#"{"alg":"PS256","typ":"at+jwt"}"#, .algorithmMismatch),

            (#"{"alg":"ES256","kid":"key-1"}"#, .typeNotAllowed),
            (#"{"alg":"ES256","kid":"key-1","typ":"Refresh"}"#, .typeNotAllowed),
            (#"{"alg":"ES256","kid":"key-1","typ":"dpop+jwt"}"#, .typeNotAllowed),
            (#"{"alg":"ES256","kid":"key-1","typ":["JWT"]}"#, .typeNotAllowed),
            (#"{"alg":"ES256","kid":"key-1","typ":null}"#, .typeNotAllowed),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT","cty":"JWT"}"#, .contentType),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT","crit":["exp"],"exp":1}"#, .criticalExtension),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT","crit":[]}"#, .criticalExtension),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT","crit":null}"#, .criticalExtension),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT","b64":false,"crit":["b64"]}"#, .criticalExtension),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT","b64":true}"#, .criticalExtension),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT","jku":"https://evil.example/jwks"}"#, .embeddedKey),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT","jwk":{"kty":"EC"}}"#, .embeddedKey),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT","x5u":"https://evil.example/c"}"#, .embeddedKey),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT","x5c":["MIIB"]}"#, .embeddedKey),

            (#"{"alg":"ES256","kid":1,"typ":"JWT"}"#, .keyIDMalformed),
            (#"{"alg":"ES256","kid":["key-1"],"typ":"JWT"}"#, .keyIDMalformed),
            (#"{"alg":"ES256","kid":null,"typ":"JWT"}"#, .keyIDMalformed),
            ("{\"alg\":\"ES256\",\"kid\":\"\(String(repeating: "k", count: 257))\",\"typ\":\"JWT\"}", .keyIDMalformed),

            (#"{"alg":"none","alg":"ES256","kid":"key-1","typ":"JWT"}"#, .headerMalformed),
            (#"{"alg":"ES256","\u0061lg":"none","kid":"key-1","typ":"JWT"}"#, .headerMalformed),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT"}x"#, .headerMalformed),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT"}{}"#, .headerMalformed),
            ("\u{FEFF}{\"alg\":\"ES256\",\"kid\":\"key-1\",\"typ\":\"JWT\"}", .headerMalformed),
            (#"{"alg":"ES256","kid":"\ud800","typ":"JWT"}"#, .headerMalformed),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT","x":[[[]]]}"#, .headerMalformed),
            (#"{"alg":"ES256","kid":"key-1","typ":"JWT",}"#, .headerMalformed),
            (#"["ES256"]"#, .headerMalformed), (#""ES256""#, .headerMalformed), ("", .headerMalformed),
            ("{\"x\":\(String(repeating: "[", count: 1400))", .headerMalformed),
            (
                #"{"a":0,"b":0,"c":0,"d":0,"e":0,"f":0,"g":0,"h":0,"i":0,"j":0,"k":0,"l":0,"m":0,"n":0,"o":0,"p":0,"q":0}"#,
                .headerMalformed
            ),
            ("{\"x\":\"\(String(repeating: "x", count: 1600))\"}", .tooLong),
            ("{\"alg\":\"ES256\",\"kid\":\"\(String(repeating: "k", count: 65_536))\",\"typ\":\"JWT\"}", .tooLong),
        ] as [(String, TokenRefusal?)]
    )
    func headerRules(_ header: String, _ refusal: TokenRefusal?) throws {
        let issuer = try TestIssuer()
        let verdict = issuer.verify(try issuer.token(header: header))
        if let refusal {
            #expect(verdict == .refused(refusal))
        } else {
            #expect(verdict == issuer.verify(try issuer.token()))
        }
    }

    @Test func numbersInTheHeaderCannotTrap() throws {
        let issuer = try TestIssuer()
        for number in ["1e300", "1e400", "-0", "1e-400", "9223372036854775808", "1e999999999"] {
            let token = try issuer.token(header: #"{"alg":"ES256","kid":"key-1","typ":"JWT","x":\#(number)}"#)
            #expect(issuer.verify(token) == issuer.verify(try issuer.token()), "\(number)")
        }
    }

    @Test(arguments: ["../../etc/passwd", "' OR 1=1--", "key-1\u{0}", "KEY-1", "key-1 ", "", "ke\u{301}y", "{{7*7}}"])
    func aKeyIsFoundByItsExactNameAlone(_ name: String) throws {
        let issuer = try TestIssuer()
        let other = TokenSignerUnder(issuer.signer, keyID: name)
        #expect(issuer.verify(try other.token(TestIssuer.claims())) == .unknownKey(KeyID(name)))
    }

    @Test func keyNamesAreBytesAndNotCharacters() throws {
        let composed = try TestIssuer(keyID: "\u{E9}")
        let decomposed = TokenSignerUnder(composed.signer, keyID: "e\u{301}")
        #expect(composed.verify(try decomposed.token(TestIssuer.claims())) == .unknownKey(KeyID("e\u{301}")))
    }

    @Test func aTokenWithoutKeyNameNeedsAnIssuerOfOneKey() throws {
        let (first, second) = (try TestIssuer(keyID: "a"), try TestIssuer(keyID: "b"))
        let both = "{\"keys\":[\(text(try first.signer.publicJWK())),\(text(try second.signer.publicJWK()))]}"
        let keys = try KeySet(jwks: Array(both.utf8))
        let token = try first.token(header: #"{"alg":"ES256","typ":"JWT"}"#)
        let verifier = TokenVerifier(policy: TestIssuer.policy)
        #expect(verifier.verify(token, keys: keys, now: TestIssuer.now) == .refused(.keyIDMissing))
        #expect(first.verify(token) == first.verify(try first.token()))
    }

    @Test func anotherIssuersKeyOfTheSameNameDoesNotHelp() throws {
        let (ours, theirs) = (try TestIssuer(), try TestIssuer())
        #expect(ours.verify(try theirs.token()) == .refused(.signatureInvalid))
    }

    @Test func onlyTheUnmutatedTokenIsAccepted() throws {
        let issuer = try TestIssuer()
        let token = try issuer.token()
        var random = SeededGenerator(seed: 0x70CE)
        for _ in 0..<4000 {
            var mutated = token
            for _ in 0..<Int.random(in: 1...2, using: &random) where !mutated.isEmpty {
                let place = Int.random(in: 0..<mutated.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: mutated[place] = .random(in: 0...255, using: &random)
                case 1: mutated.remove(at: place)
                case 2: mutated.insert(Array("A.=_-\n{".utf8).randomElement(using: &random) ?? 0, at: place)
                default: mutated.swapAt(place, Int.random(in: 0..<mutated.count, using: &random))
                }
            }
            if case .accepted = issuer.verify(mutated) { #expect(mutated == token) }
        }
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
