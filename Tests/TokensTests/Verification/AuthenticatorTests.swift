import Testing
import Tokens

@Suite struct AuthenticatorTests {
    private static let now = TestIssuer.now

    @Test func aGoodTokenIsRememberedUntilItExpires() throws {
        let issuer = try TestIssuer()
        let authenticator = Authenticator(policy: TestIssuer.policy, keys: issuer.keys)
        let token = try issuer.token(claims: ["exp": "\(Self.now + 10)"])
        let first = authenticator.authenticate(token[...], now: Self.now)
        #expect(first == issuer.verify(token))
        #expect(authenticator.rememberedTokens == 1)
        #expect(authenticator.authenticate(token[...], now: Self.now + 69) == first)
        #expect(authenticator.authenticate(token[...], now: Self.now + 70) == .refused(.expired))
        #expect(authenticator.rememberedTokens == 0)
    }

    @Test func whatIsRememberedIsKnownWithoutItsSignature() throws {
        let issuer = try TestIssuer()
        let authenticator = Authenticator(policy: TestIssuer.policy, keys: issuer.keys)
        let header = try Array("Bearer ".utf8) + issuer.token(claims: ["exp": "\(Self.now + 10)"])
        #expect(!authenticator.remembers(authorization: header[...], now: Self.now))
        _ = authenticator.authenticate(authorization: header[...], now: Self.now)
        #expect(authenticator.remembers(authorization: header[...], now: Self.now + 69))
        #expect(!authenticator.remembers(authorization: header[...], now: Self.now + 70))
        #expect(!authenticator.remembers(authorization: Array("Basic x".utf8)[...], now: Self.now))
    }

    @Test func aBadTokenIsNotRemembered() throws {
        let issuer = try TestIssuer()
        let authenticator = Authenticator(policy: TestIssuer.policy, keys: issuer.keys)
        let token = try issuer.token(claims: ["aud": "\"other\""])
        #expect(authenticator.authenticate(token[...], now: Self.now) == .refused(.audienceMismatch))
        #expect(authenticator.rememberedTokens == 0)
    }

    @Test func aRemovedKeyStopsVerifyingAtOnce() throws {
        let (old, new) = (try TestIssuer(keyID: "old"), try TestIssuer(keyID: "new"))
        let authenticator = Authenticator(policy: TestIssuer.policy, keys: old.keys)
        let token = try old.token()
        #expect(authenticator.authenticate(token[...], now: Self.now) == old.verify(token))
        authenticator.replaceKeys(new.keys)
        #expect(authenticator.rememberedTokens == 0)
        #expect(authenticator.authenticate(token[...], now: Self.now) == .unknownKey(KeyID("old")))
    }

    @Test func theSameKeysAgainForgetNothing() throws {
        let issuer = try TestIssuer()
        let authenticator = Authenticator(policy: TestIssuer.policy, keys: issuer.keys)
        _ = authenticator.authenticate(try issuer.token()[...], now: Self.now)
        authenticator.replaceKeys(try KeySet(jwks: try issuer.signer.publicJWKS()))
        #expect(authenticator.rememberedTokens == 1)
    }

    @Test func withoutKeysNothingIsDecided() throws {
        let issuer = try TestIssuer()
        let authenticator = Authenticator(policy: TestIssuer.policy)
        #expect(authenticator.authenticate(try issuer.token()[...], now: Self.now) == .keysUnavailable)
        authenticator.replaceKeys(issuer.keys)
        let token = try issuer.token()
        #expect(authenticator.authenticate(token[...], now: Self.now) == issuer.verify(token))
        authenticator.replaceKeys(nil)
        #expect(authenticator.authenticate(token[...], now: Self.now) == .keysUnavailable)
    }

    @Test func memoryIsBoundedAndKeepsWhatIsInUse() throws {
        let issuer = try TestIssuer(.edDSA)
        let authenticator = Authenticator(policy: TestIssuer.policy, keys: issuer.keys, cacheCapacity: 16)
        let inUse = try issuer.token()
        for serial in 0..<100 {
            _ = authenticator.authenticate(inUse[...], now: Self.now)
            _ = authenticator.authenticate(try issuer.token(claims: ["jti": "\"\(serial)\""])[...], now: Self.now)
            #expect(authenticator.rememberedTokens <= 16)
        }
        #expect(authenticator.rememberedTokens > 4)
    }

    @Test(
        arguments: [
            ("Bearer %", nil), ("bearer %", nil), ("BEARER %", nil), ("", .notBearer), ("Bearer", .notBearer),
            ("Bearer ", .notBearer), ("%", .notBearer), ("Basic %", .notBearer), ("DPoP %", .notBearer),
            ("Bearer  %", .notBearer), ("Bearer\t%", .notBearer), ("Bearer\u{0}%", .notBearer),
            (" Bearer %", .notBearer),
            ("Bearer % ", .notBearer), ("Bearer % %", .notBearer), ("Bearer %,Bearer %", .notBearer),
            ("Bearer %\n", .notBearer), ("Bearer=%", .notBearer), ("Bearer\"%\"", .notBearer),
            ("Bearer x%", .headerMalformed),
        ] as [(String, TokenRefusal?)]
    )
    func theAuthorizationIsBearerAndOneToken(_ form: String, _ refusal: TokenRefusal?) throws {
        let issuer = try TestIssuer()
        let authenticator = Authenticator(policy: TestIssuer.policy, keys: issuer.keys)
        let token = try issuer.token()
        let value = form.split(separator: "%", omittingEmptySubsequences: false).joined(
            separator: String(decoding: token, as: UTF8.self)
        )
        let verdict = authenticator.authenticate(authorization: Array(value.utf8)[...], now: Self.now)
        #expect(verdict == refusal.map(TokenVerdict.refused) ?? issuer.verify(token))
    }

    @Test func threadsMayShareIt() async throws {
        let (old, new) = (try TestIssuer(keyID: "old"), try TestIssuer(keyID: "new"))
        let authenticator = Authenticator(policy: TestIssuer.policy, keys: old.keys)
        let tokens = try (0..<8).map { try old.token(claims: ["jti": "\"\($0)\""]) }
        let allowed: Set<TokenVerdict> = Set(tokens.map { old.verify($0) }).union([.unknownKey(KeyID("old"))])
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask { @concurrent in
                    for round in 0..<50 {
                        let token = tokens[round % 8]
                        guard allowed.contains(authenticator.authenticate(token[...], now: Self.now)) else {
                            return false
                        }
                    }
                    return true
                }
            }
            group.addTask { @concurrent in
                for round in 0..<50 { authenticator.replaceKeys(round % 2 == 0 ? new.keys : old.keys) }
                return true
            }
            for await isRight in group { #expect(isRight) }
        }
    }

    @Test func everyRefusalHasAStableNameAndASentence() {
        for refusal in TokenRefusal.allCases {
            #expect(refusal.rawValue.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
            #expect(refusal.sentence.hasSuffix("."))
        }
        #expect(Set(TokenRefusal.allCases.map(\.sentence)).count == TokenRefusal.allCases.count)
    }
}
