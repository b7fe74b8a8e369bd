import Testing
import Tokens
import orderbus

@Suite struct SigningKeyRulesTests {
    /// RSA of 1024 bits, made for this test alone.
    private static let small = """
        -----BEGIN PRIVATE KEY-----
        MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBAMHRCrBN4SjfjbcT
        T6uYHyZNe3SS4Spo7m68lSObRb8OplwJMJdkgf81L4LXiwKb8rofjdb1NP3YI6UM
        kBF/TJHhFQBiw+0DP79z7NC84ZV9KeKbv67qRMwMys10xuPxBeMOmRwTyWNHTOYS
        jqZBROPSQCVuFc+UeKvK/mE1vl2XAgMBAAECgYEAqo9UcaxHbdm1c5u568618tYS
        w5aSMekfkjHAqRH2gdjZi3rG2SOoxra+Nc2K1mP4adRk1Pr6hDzVuWRh0BQPg3TY
        /pEW8wWy8//8Csdi/p0cadnjfxEvliW3lG2w7EL3C0E2dn0otuaere7NIwwa8f1d
        Ck3VPp4+z0H/jMhnKtECQQDgyo9Bmyc6JVfNlWMo7VRvYfXhe7dRYGUkDQAKacJ3
        +97KuTQiiT/uzNqMmdVnmLJhL2KTM4YSaUzckxeqkewZAkEA3LmXsG3Be0FX8gzB
        PSiQytSDbJWp8QbHdyYYo5HZzv7Y/W1plrF7qLGY9/HjChvq86xTUkW8o9QkNOQA
        foTNLwJAXp6kwlbOojkJxm11Ocr8WY4Ac5MhzM0ohY47UCbIRrzsQKTIfykKkjgE
        Xl56Z4rsut+5PIDZlHJieg4oThHyMQJBAKtLLLkytDCfKU0jMOPxk0yVV9jw3Q28
        IRgKbJykF9BYXrVuL79OxZTJHtls0rGJsPCiD5eNnzPU8rRJLUkCbukCQHykQ5R4
        yordliYt3leWfsaZm6d6vR11wP/pxLkT0o3NHJfS3GcUqkwBsjtH/CtNIJDqVPzm
        iBsxqabOF0Ub9BM=
        -----END PRIVATE KEY-----
        """

    @Test func aKeyThatNobodyWouldTakeIsObjectedTo() throws {
        let signer = try TokenSigner(pem: Array(Self.small.utf8), keyID: KeyID("dev"))
        #expect(SigningKeyRules.objection(to: signer)?.contains("2048 to 8192 bits") == true)
    }

    @Test(arguments: [TokenAlgorithm.rs256, .ps256, .es256, .edDSA])
    func aKeyOfOursIsTaken(_ algorithm: TokenAlgorithm) throws {
        let signer = try TokenSigner(generating: algorithm, keyID: KeyID("dev"))
        #expect(SigningKeyRules.objection(to: signer) == nil)
    }
}
