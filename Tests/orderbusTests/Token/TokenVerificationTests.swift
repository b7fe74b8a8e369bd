import Testing
import Tokens
import orderbus

@Suite struct TokenVerificationTests {
    private let signer: TokenSigner
    private let verification: TokenVerification
    private let claims = DevelopmentClaims(
        issuer: "https://id.test",
        audience: "orderbus",
        clientID: "shop",
        tenant: "acme"
    )

    init() throws {
        signer = try TokenSigner(generating: .es256, keyID: KeyID("dev"))
        let environment = ["OIDC_ISSUER": "https://id.test", "OIDC_AUDIENCE": "orderbus"]
        let settings = try Settings.load(from: environment, TokenSettings.init).value
        verification = TokenVerification(settings: settings, keys: try KeySet(jwks: signer.publicJWKS()))
    }

    private func token(_ change: (inout DevelopmentClaims) -> Void = { _ in }) throws -> [UInt8] {
        var claims = claims
        change(&claims)
        return Array(try DevelopmentTokens(signer: signer).token(claims).utf8)
    }

    @Test func aMintedTokenIsAcceptedAndItsPrincipalShown() throws {
        let report = verification.verdict(on: try token())
        #expect(report.isAccepted)
        #expect(report.text(as: .table).hasPrefix("accepted\nclient:   shop\ntenant:   acme\n"))
        #expect(report.text(as: .json).hasPrefix(#"{"clientId":"shop","tenant":"acme","scopes":["orders:write","#))
    }

    @Test func aRefusalIsTheRulesNameAndThenASentence() throws {
        let report = verification.verdict(on: try token { $0.lifetime = .seconds(-300) })
        #expect(!report.isAccepted)
        #expect(report.text(as: .table) == "expired\nThe token has expired.\n")
        #expect(report.text(as: .json) == #"{"refused":"expired","message":"The token has expired."}"# + "\n")
    }

    @Test func theSignatureAloneIsValidWhateverIsClaimed() throws {
        let token = try token {
            $0.lifetime = .seconds(-300)
            $0.audience = "others"
        }
        #expect(verification.signature(of: token).isAccepted)
        var forged = token
        let last = forged.count - 10
        forged[last] = forged[last] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        #expect(verification.signature(of: forged).text(as: .table).hasPrefix("signature-invalid\n"))
    }

    @Test func aKeyThatTheIssuerDoesNotHaveIsTheTokensFault() throws {
        let stranger = try TokenSigner(generating: .es256, keyID: KeyID("other"))
        let token = Array(try DevelopmentTokens(signer: stranger).token(claims).utf8)
        #expect(verification.verdict(on: token).text(as: .table).hasPrefix("key-unknown\n"))
        #expect(verification.signature(of: token).text(as: .table).hasPrefix("key-unknown\n"))
    }

    @Test(arguments: ["a.b.c", "  a.b.c\n", "Bearer a.b.c", "\tbearer  a.b.c\r\n"])
    func theTokenIsFoundWithWhiteSpaceAndBearer(_ text: String) {
        #expect(TokenInput.token(in: Array(text.utf8)) == Array("a.b.c".utf8))
    }

    @Test(arguments: ["", " \n"])
    func noTokenIsFoundInNothing(_ text: String) {
        #expect(TokenInput.token(in: Array(text.utf8)) == nil)
    }
}
