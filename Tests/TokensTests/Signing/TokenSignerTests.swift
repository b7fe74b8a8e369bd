import Testing
import Tokens

@Suite struct TokenSignerTests {
    @Test(arguments: TokenAlgorithm.allCases)
    func aKeyComesBackFromItsPEM(_ algorithm: TokenAlgorithm) throws {
        let made = try TokenSigner(generating: algorithm, keyID: KeyID("dev \"1\""))
        let read = try TokenSigner(pem: try made.privatePEM(), keyID: KeyID("dev \"1\""), algorithm: algorithm)
        #expect(try read.publicJWKS() == made.publicJWKS())
        let keys = try KeySet(jwks: try made.publicJWKS())
        let token = try read.token(claims: Array(TestIssuer.claims().utf8))
        guard case .accepted = TokenVerifier(policy: TestIssuer.policy).verify(token, keys: keys, now: TestIssuer.now)
        else {
            Issue.record("refused")
            return
        }
    }

    @Test func theAlgorithmFollowsTheKey() throws {
        for (made, natural) in [(TokenAlgorithm.es256, TokenAlgorithm.es256), (.ed25519, .edDSA), (.ps256, .rs256)] {
            let pem = try TokenSigner(generating: made, keyID: nil).privatePEM()
            #expect(try TokenSigner(pem: pem, keyID: nil).algorithm == natural)
        }
        let pem = try TokenSigner(generating: .es256, keyID: nil).privatePEM()
        #expect(throws: TokenSigningError.unsupportedKey) {
            try TokenSigner(pem: pem, keyID: nil, algorithm: .rs256)
        }
    }

    @Test(arguments: ["", "junk", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
    func whatIsNoKeyIsRefused(_ pem: String) {
        #expect(throws: TokenSigningError.notAPrivateKey) { try TokenSigner(pem: Array(pem.utf8), keyID: nil) }
    }

    /// It must not ask the terminal for the passphrase either.
    @Test func anEncryptedKeyIsRefused() {
        let pem = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAiG63B5xPot6QICCAAw
            DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPFGqhwxbhh30Y6EhMEZ/1kEQHio
            o9RkBGQs2uzqFcqijPDoyZntoWpDkYRUq54yM/aylELcVUKYjlvGT2MfLd+jrA3o
            hYOBbyzc9muJsVuMvfk=
            -----END ENCRYPTED PRIVATE KEY-----
            """
        #expect(throws: TokenSigningError.notAPrivateKey) { try TokenSigner(pem: Array(pem.utf8), keyID: nil) }
    }
}
