import AMQP
import Testing

@testable import OrderMessaging

@Suite struct TokenShapeTests {
    private static let token =
        "eyJhbGciOiJSUzI1NiIsImtpZCI6ImRldiJ9.eyJpc3MiOiJodHRwczovL2lkcCJ9.c2lnbmF0dXJlLW9mLWEtdG9rZW4"

    @Test(arguments: [
        FieldValue.text(token), .text("Bearer \(token)"), .bytes(ArraySlice(token.utf8)),
        .table(["authorization": .text("Bearer \(token)")]), .table(["a": .table(["b": .text("e" + token)])]),
    ])
    func tokenIsFoundWhereverItIs(value: FieldValue) {
        #expect(TokenShape.isFound(in: value))
        let headers: FieldTable = ["request-id": .text("r-1"), "x-authorization": value, "n": .int32(1)]
        #expect(headers.withoutTokens == ["request-id": .text("r-1"), "n": .int32(1)])
    }

    @Test(arguments: [
        FieldValue.text(""), .text("Bearer"), .text("eyJ.eyJ.abc"), .text(String(token.prefix(60))), .int64(7),
        .text("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), .table(["a": .text("eyes.are.here")]), .void,
    ])
    func othersAreKept(value: FieldValue) {
        #expect(!TokenShape.isFound(in: value))
    }
}
