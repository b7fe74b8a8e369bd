import Testing
import Tokens

@Suite struct TokenVectorTests {
    @Test(arguments: [
        (
            TokenVectors.rfc7515A2, #"{"kty":"RSA","n":"\#(TokenVectors.rfc7515A2Modulus)","e":"AQAB"}"#,
            TokenAlgorithm.rs256
        ),
        (
            TokenVectors.rfc7515A3,
            #"{"kty":"EC","crv":"P-256","x":"\#(TokenVectors.rfc7515A3X)","y":"\#(TokenVectors.rfc7515A3Y)"}"#,
            .es256
        ),
        (TokenVectors.rfc8037A4, #"{"kty":"OKP","crv":"Ed25519","x":"\#(TokenVectors.rfc8037A4X)"}"#, .edDSA),
        (
            TokenVectors.dgstRS256, #"{"kty":"RSA","kid":"dgst","n":"\#(TokenVectors.dgstModulus)","e":"AQAB"}"#, .rs256
        ),
        (
            TokenVectors.dgstPSSSalt32,
            #"{"kty":"RSA","kid":"dgst","alg":"PS256","n":"\#(TokenVectors.dgstModulus)","e":"AQAB"}"#, .ps256
        ),
    ])
    func whatOthersSignedIsVerified(_ token: String, _ key: String, _ algorithm: TokenAlgorithm) throws {
        let keys = try KeySet(jwks: Array("{\"keys\":[\(key)]}".utf8))
        guard case .valid(let signed) = TokenVerifier.verifySignature(of: Array(token.utf8), keys: keys) else {
            Issue.record("\(TokenVerifier.verifySignature(of: Array(token.utf8), keys: keys))")
            return
        }
        #expect(signed.algorithm == algorithm)
    }

    @Test(arguments: [TokenVectors.dgstPSSSalt0, TokenVectors.dgstPSSSalt20])
    func saltsOfAnotherLengthAreRefused(_ token: String) throws {
        let key = #"{"kty":"RSA","kid":"dgst","alg":"PS256","n":"\#(TokenVectors.dgstModulus)","e":"AQAB"}"#
        let keys = try KeySet(jwks: Array("{\"keys\":[\(key)]}".utf8))
        guard case .refused(let refusal) = TokenVerifier.verifySignature(of: Array(token.utf8), keys: keys) else {
            Issue.record("accepted")
            return
        }
        #expect(refusal == .signatureInvalid)
    }

    @Test func aSignatureCanBeVerifiedWhateverIsSigned() throws {
        let issuer = try TestIssuer()
        let token = try issuer.token(header: #"{"alg":"ES256","kid":"key-1"}"#, rawClaims: "no claims")
        guard case .valid(let signed) = TokenVerifier.verifySignature(of: token, keys: issuer.keys) else {
            Issue.record("refused")
            return
        }
        #expect(signed.claims == Array("no claims".utf8))
        #expect(signed.keyID == KeyID("key-1"))
        #expect(issuer.verify(token) == .refused(.typeNotAllowed))
    }
}
