import ArgumentParser
import JSON
import Testing
import orderbus

@Suite struct DevelopmentClaimsTests {
    private var claims: DevelopmentClaims {
        var claims = DevelopmentClaims(
            issuer: "https://id.test",
            audience: "orderbus",
            clientID: "shop",
            tenant: "acme"
        )
        claims.tokenID = "t-1"
        return claims
    }

    private func text(_ claims: DevelopmentClaims, now: Int64 = 1000) -> String {
        String(decoding: claims.json(now: now), as: UTF8.self)
    }

    @Test func theClaimsAreThoseOfAnAccessToken() {
        #expect(
            text(claims) == #"""
                {"iss":"https://id.test","aud":"orderbus","sub":"shop","client_id":"shop","tenant":"acme",\#
                "scope":"orders:write orders:read","iat":1000,"exp":4600,"jti":"t-1"}
                """#
        )
    }

    @Test func anExpiredTokenWasNotIssuedAfterItsEnd() {
        var claims = claims
        claims.lifetime = .seconds(-300)
        #expect(text(claims).contains(#""iat":700,"exp":700"#))
    }

    @Test func aFurtherClaimTakesThePlaceOfOneOfItsName() throws {
        var claims = claims
        claims.others = try ["aud=[\"a\",\"orderbus\"]", "admin=true"].map { try ExtraClaim(argument: $0) }
        let root = try JSONDocument(parsing: claims.json(now: 0)).root
        #expect(root.member("aud")?.count == 2)
        #expect(root.member("admin")?.asBool == true)
    }

    @Test func omittedClaimsAreLeftOut() throws {
        var claims = claims
        claims.omitted = ["exp", "tenant"]
        let root = try JSONDocument(parsing: claims.json(now: 0)).root
        #expect(root.member("exp") == nil)
        #expect(root.member("tenant") == nil)
        #expect(root.member("iss") != nil)
    }

    @Test(arguments: ["x", "=1", "a={", "a=b", "a=1 2", ""])
    func aClaimThatIsNoNameAndJSONIsRefused(_ text: String) {
        let error = #expect(throws: ValidationError.self) { try ExtraClaim(argument: text) }
        #expect(error?.message.contains(#"'aud="x"'"#) == true)
    }

    @Test func durationsMayLieInThePast() {
        #expect(SignedDuration(argument: "-5m")?.duration == .seconds(-300))
        #expect(SignedDuration(argument: "1h")?.duration == .seconds(3600))
        #expect(SignedDuration(argument: "5") == nil)
        #expect(SignedDuration(argument: "--5m") == nil)
        #expect(SignedDuration(.seconds(-300)).defaultValueDescription == "-5m")
    }
}
