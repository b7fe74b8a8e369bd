import Testing

@testable import OrderHTTP

@Suite struct RequestIDTests {
    @Test func keepsAWellFormedOne() {
        #expect(RequestID.accept(["abc.DEF_123~-"]) == "abc.DEF_123~-")
    }

    @Test(arguments: [[], ["short"], ["has spaces in it"], ["quote\"quote"], ["abcdefgh", "abcdefgh"]])
    func makesOneOtherwise(_ lines: [String]) {
        let made = RequestID.accept(lines)
        #expect(made.utf8.count == 26)
        #expect(RequestID.accept([made]) == made)
    }
}
