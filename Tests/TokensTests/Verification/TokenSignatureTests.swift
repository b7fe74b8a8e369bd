import Testing
import Tokens

@Suite struct TokenSignatureTests {
    @Test func anEllipticSignatureIsSixtyFourBytesOfTwoNumbersInRange() throws {
        let issuer = try TestIssuer()
        let (input, signature) = try parts(try issuer.token())
        let (r, s) = (Array(signature[..<32]), Array(signature[32...]))
        let zero = [UInt8](repeating: 0, count: 32)
        let der = [0x30, 70, 0x02, 33, 0] + r + [0x02, 33, 0] + s
        let wrong = [
            zero + zero, r + zero, zero + s, Self.order + s, r + Self.order, s + r, [0] + signature, signature + [0],
            Array(signature.dropLast()), der, [], [UInt8](repeating: 0xFF, count: 64),
        ]
        for signature in wrong {
            #expect(issuer.verify(join(input, signature)) == .refused(.signatureInvalid), "\(signature)")
        }
    }

    /// Whoever has one signature of ECDSA can make its twin: so the token is never its own replay key.
    @Test func theTwinOfAnEllipticSignatureIsAsGood() throws {
        let issuer = try TestIssuer()
        let token = try issuer.token()
        let (input, signature) = try parts(token)
        let twin = signature[..<32] + Self.subtract(Array(signature[32...]), from: Self.order)
        #expect(issuer.verify(join(input, Array(twin))) == issuer.verify(token))
    }

    @Test func anRSASignatureIsAsLongAsItsKey() throws {
        let issuer = try TestIssuer(.rs256)
        for serial in 0..<5000 {
            let (input, signature) = try parts(try issuer.token(claims: ["jti": "\"\(serial)\""]))
            guard signature.first == 0 else { continue }
            #expect(issuer.verify(join(input, Array(signature.dropFirst()))) == .refused(.signatureInvalid))
            return
        }
        Issue.record("no signature began with zero")
    }

    @Test func oneAlgorithmDoesNotPassForAnotherOfTheSameKey() throws {
        let (pkcs1, pss) = (try TestIssuer(.rs256), try TestIssuer(.ps256))
        let claims = Array(TestIssuer.claims().utf8)
        let claimingPSS = Array(#"{"alg":"PS256","kid":"key-1","typ":"JWT"}"#.utf8)
        let signedPKCS1 = try pkcs1.signer.token(header: claimingPSS, claims: claims)
        #expect(pss.verify(signedPKCS1) == .refused(.signatureInvalid))
        #expect(pkcs1.verify(signedPKCS1) == .refused(.algorithmMismatch))
        #expect(pkcs1.verify(try pss.token()) == .refused(.algorithmMismatch))
    }

    @Test(arguments: TokenAlgorithm.allCases)
    func anEmptyOrForeignSignatureIsRefused(_ algorithm: TokenAlgorithm) throws {
        let issuer = try TestIssuer(algorithm)
        let (input, signature) = try parts(try issuer.token())
        let (_, foreign) = try parts(try issuer.token(claims: ["jti": "\"other\""]))
        for wrong in [[], foreign, Array(signature.reversed()), signature + signature.prefix(8)] {
            #expect(issuer.verify(join(input, wrong)) == .refused(.signatureInvalid))
        }
    }

    /// The order of P-256's group (FIPS 186-4 D.1.2.3).
    private static let order: [UInt8] = [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6,
        0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ]

    private static func subtract(_ small: [UInt8], from large: [UInt8]) -> [UInt8] {
        var (difference, borrow) = (large, 0)
        for index in large.indices.reversed() {
            let digit = Int(large[index]) - Int(small[index]) - borrow
            borrow = digit < 0 ? 1 : 0
            difference[index] = UInt8(truncatingIfNeeded: digit)
        }
        return difference
    }

    private func parts(_ token: [UInt8]) throws -> (input: [UInt8], signature: [UInt8]) {
        let dot = try #require(token.lastIndex(of: UInt8(ascii: ".")))
        return (Array(token[..<dot]), try #require(Base64URL.decoded(token[(dot + 1)...])))
    }

    private func join(_ input: [UInt8], _ signature: [UInt8]) -> [UInt8] {
        input + [UInt8(ascii: ".")] + Base64URL.encoded(signature)
    }
}
