import Testing
import Tokens

@Suite struct TokenClaimsTests {
    private static let now = TestIssuer.now

    @Test(
        arguments: [
            ("iss", nil, .issuerMismatch), ("iss", "null", .issuerMismatch),
            ("iss", "[\"https://issuer.example\"]", .issuerMismatch),
            ("iss", "\"https://issuer.example/\"", .issuerMismatch),
            ("iss", "\"https://ISSUER.example\"", .issuerMismatch),
            ("iss", "\"https://other.example\"", .issuerMismatch), ("iss", "\"\"", .issuerMismatch),
            ("iss", "\"https:\\/\\/issuer.example\"", nil),

            ("aud", "[\"a\",\"orderbus\"]", nil), ("aud", nil, .audienceMismatch),
            ("aud", "\"other\"", .audienceMismatch),
            ("aud", "\"orderbus2\"", .audienceMismatch), ("aud", "\"Orderbus\"", .audienceMismatch),
            ("aud", "[\"other\"]", .audienceMismatch), ("aud", "\"\"", .audienceMismatch),
            ("aud", "[]", .audienceMalformed),
            ("aud", "[[\"orderbus\"]]", .audienceMalformed), ("aud", "[null]", .audienceMalformed),
            ("aud", "[\"orderbus\",1]", .audienceMalformed), ("aud", "{\"orderbus\":1}", .audienceMalformed),
            ("aud", "null", .audienceMalformed), ("aud", "true", .audienceMalformed),
            ("aud", "[\"orderbus\"\(String(repeating: ",\"x\"", count: 15))]", nil),
            ("aud", "[\"orderbus\"\(String(repeating: ",\"x\"", count: 16))]", .audienceMalformed),

            ("exp", nil, .expiryMissing), ("exp", "\"\(now + 600)\"", .timeMalformed), ("exp", "null", .timeMalformed),
            ("exp", "true", .timeMalformed), ("exp", "[]", .timeMalformed), ("exp", "-1", .timeMalformed),
            ("exp", "9007199254740993", .timeMalformed), ("exp", "9223372036854775808", .timeMalformed),
            ("exp", "1e300", .timeMalformed), ("exp", "1e400", .timeMalformed), ("exp", "1e999999999", .timeMalformed),
            ("exp", "253402300800", .timeMalformed), ("exp", "253402300799", nil), ("exp", "-0", .expired),
            ("exp", "0", .expired), ("exp", "1e-400", .expired), ("exp", "1.8000006e9", nil), ("exp", "\(now).5", nil),
            ("exp", "\(now - 59)", nil), ("exp", "\(now - 60)", .expired), ("exp", "\(now - 60).999", .expired),
            ("nbf", "\(now)", nil), ("nbf", "\(now + 60)", nil), ("nbf", "\(now + 60).1", .notYetValid),
            ("nbf", "\(now + 61)", .notYetValid), ("nbf", "null", .timeMalformed),
            ("nbf", "\"\(now)\"", .timeMalformed),
            ("nbf", "1e308", .timeMalformed),
            ("iat", nil, nil), ("iat", "\(now + 60)", nil), ("iat", "\(now + 61)", .issuedInFuture),
            ("iat", "false", .timeMalformed), ("iat", "-5", .timeMalformed),

            ("sub", "1", .identityMalformed), ("sub", "null", .identityMalformed), ("sub", "\"\"", .identityMalformed),
            ("sub", "\"a\\u0000b\"", .identityMalformed), ("sub", "\"a\\nb\"", .identityMalformed),
            ("sub", "\"\(String(repeating: "s", count: 255))\"", nil),
            ("sub", "\"\(String(repeating: "s", count: 256))\"", .identityMalformed),
            ("client_id", "[\"x\"]", .identityMalformed), ("azp", "7", .identityMalformed),
            ("jti", "7", .identityMalformed),
            ("tenant", "[\"acme\"]", .identityMalformed), ("tenant", "null", .identityMalformed),

            ("scope", nil, nil), ("scope", "\"\"", nil), ("scope", "[\"orders:write\"]", .scopeMalformed),
            ("scope", "null", .scopeMalformed), ("scope", "\"a\\tb\"", .scopeMalformed),
            ("scope", "\"a\\\"b\"", .scopeMalformed),
            ("scope", "\"é\"", .scopeMalformed), ("scp", "7", nil),
            ("cnf", "{}", nil), ("cnf", "{\"jkt\":\"x\"}", nil), ("cnf", "null", .confirmationMalformed),
            ("cnf", "\"x\"", .confirmationMalformed), ("cnf", "{\"x5t#S256\":\"AAAA\"}", .confirmationMalformed),
            ("cnf", "{\"x5t#S256\":7}", .confirmationMalformed),
        ] as [(String, String?, TokenRefusal?)]
    )
    func eachClaimHasItsRule(_ name: String, _ value: String?, _ refusal: TokenRefusal?) throws {
        let issuer = try TestIssuer()
        let verdict = issuer.verify(try issuer.token(claims: [name: value]))
        if let refusal {
            #expect(verdict == .refused(refusal))
        } else if case .accepted = verdict {
        } else {
            Issue.record("\(verdict)")
        }
    }

    @Test(arguments: [
        "", "null", "[]", "\"x\"", "{", TestIssuer.claims() + "x", TestIssuer.claims() + TestIssuer.claims(),
        "\u{FEFF}" + TestIssuer.claims(), "{\"exp\":NaN}", "{\"exp\":1,\"exp\":1800000600}",
        "{\"iss\":\"https://evil.example\",\"\\u0069ss\":\"https://issuer.example\"}",
        "{\"x\":{\"y\":1,\"y\":2}}", "{\"x\":\"\\udc00\"}", "{\"x\":\(String(repeating: "[", count: 5000))",
    ])
    func theClaimsAreOneStrictJSONObject(_ claims: String) throws {
        let issuer = try TestIssuer()
        #expect(issuer.verify(try issuer.token(rawClaims: claims)) == .refused(.claimsMalformed))
    }

    @Test func claimsInUTF16AreRefused() throws {
        let issuer = try TestIssuer()
        let claims = TestIssuer.claims().utf16.flatMap {
            [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
        }
        #expect(issuer.verify(try issuer.signer.token(claims: [0xFF, 0xFE] + claims)) == .refused(.claimsMalformed))
    }

    @Test(
        arguments: [
            (["client_id": nil], "user-7"), (["client_id": nil, "azp": "\"web\""], "web"),
            (["azp": "\"web\""], "loadgen"),
            (["client_id": nil, "sub": nil, "azp": "\"web\""], "web"),
        ] as [([String: String?], String)]
    )
    func theClientIsTheFirstThatIsNamed(_ claims: [String: String?], _ clientID: String) throws {
        #expect(try principal(claims).clientID == clientID)
    }

    @Test func aTokenThatNamesNobodyIsRefused() throws {
        let issuer = try TestIssuer()
        let token = try issuer.token(claims: ["client_id": nil, "sub": nil])
        #expect(issuer.verify(token) == .refused(.identityMissing))
    }

    @Test func theTenantIsTheNamedClaimOrElseTheClient() throws {
        #expect(try principal(["tenant": nil]).tenant == "loadgen")
        #expect(try principal([:]).tenant == "acme")
        let issuer = try TestIssuer()
        let policy = TokenPolicy(issuer: "https://issuer.example", audience: "orderbus", tenantClaim: "org/id")
        let token = try issuer.token(claims: ["org\\u002fid": "\"globex\""])
        let verdict = TokenVerifier(policy: policy).verify(token, keys: issuer.keys, now: Self.now)
        guard case .accepted(let principal) = verdict else { throw TokenRefusal.claimsMalformed }
        #expect(principal.tenant == "globex")
    }

    @Test func scopesComeFromScopeOrElseFromTheListScp() throws {
        #expect(try principal(["scope": "\"a  b c:d \""]).scopes == ["a", "b", "c:d"])
        #expect(try principal(["scope": nil, "scp": "[\"a\",\"b\"]"]).scopes == ["a", "b"])
        #expect(try principal(["scope": "\"a\"", "scp": "[\"b\"]"]).scopes == ["a"])
        #expect(try principal(["scope": nil]).scopes == [])
        let issuer = try TestIssuer()
        for scp in ["\"a b\"", "[1]", "[\"a b\"]", "[\"\"]", "{}", "null"] {
            let token = try issuer.token(claims: ["scope": nil, "scp": scp])
            #expect(issuer.verify(token) == .refused(.scopeMalformed), "\(scp)")
        }
    }

    @Test func aTokenBoundToACertificateSaysSo() throws {
        let bound = try principal(["cnf": "{\"x5t#S256\":\"\(String(repeating: "A", count: 42))E\"}"])
        #expect(bound.isSenderConstrained)
        #expect(bound.certificateThumbprint == [UInt8](repeating: 0, count: 31) + [1])
        let proofOfPossession = try principal(["cnf": "{\"jkt\":\"x\"}"])
        #expect(proofOfPossession.isSenderConstrained)
        #expect(proofOfPossession.certificateThumbprint == nil)
        #expect(try !principal([:]).isSenderConstrained)
    }

    private func principal(_ claims: [String: String?]) throws -> Principal {
        let issuer = try TestIssuer()
        switch issuer.verify(try issuer.token(claims: claims)) {
        case .accepted(let principal): return principal
        case .refused(let refusal): throw refusal
        case .unknownKey, .keysUnavailable: throw TokenRefusal.keyUnknown
        }
    }
}
