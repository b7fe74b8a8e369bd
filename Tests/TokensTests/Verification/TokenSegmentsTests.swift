import Testing
import Tokens

@Suite struct TokenSegmentsTests {
    @Test(
        arguments: [
            ("", .notThreeSegments), (".", .notThreeSegments), ("a.b", .notThreeSegments),
            ("a.b.c.d", .notThreeSegments),
            ("a.b.c.d.e", .notThreeSegments), (#"{"payload":"Zm9v","signatures":[]}"#, .notThreeSegments),
            ("..", .headerMalformed), (".e30.", .headerMalformed), ("e30..", .algorithmNotAllowed),
            ("a.e30.e30", .notBase64URL), ("e30.a.e30", .notBase64URL), ("e30.e30.a", .notBase64URL),
            ("e30=.e30.e30", .notBase64URL), ("e30.e30.e3+0", .notBase64URL), ("e30.e30.e3/0", .notBase64URL),
            ("e30.e30.e30\n", .notBase64URL), (" e30.e30.e30", .notBase64URL), ("e30.e30.é", .notBase64URL),
            (String(repeating: "A", count: 8190) + "..", .tooLong),
            (String(repeating: "A", count: 2049) + "..", .tooLong),
            ("e30.." + String(repeating: "A", count: 1368), .tooLong),
            ("e30.." + String(repeating: "A", count: 1366), .algorithmNotAllowed),
            ("e30." + String(repeating: "A", count: 8188) + ".", .tooLong),
        ] as [(String, TokenRefusal)]
    )
    func aTokenIsThreeSmallSegmentsOfBase64URL(_ token: String, _ refusal: TokenRefusal) throws {
        #expect(try TestIssuer().verify(Array(token.utf8)) == .refused(refusal))
    }

    @Test func oneTokenHasOneSpelling() throws {
        let issuer = try TestIssuer()
        var token = try issuer.token()
        // 64 bytes leave four bits of the last digit unused: they must be zero.
        let last = token.removeLast()
        for digit in Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8) where digit != last
        {
            let verdict = issuer.verify(token + [digit])
            #expect(verdict == .refused(.notBase64URL) || verdict == .refused(.signatureInvalid))
        }
        #expect(issuer.verify(token + [last, UInt8(ascii: "=")]) == .refused(.notBase64URL))
    }
}
