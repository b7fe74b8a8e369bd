import Testing

@testable import OrderMessaging

@Suite struct HeaderNameTests {
    @Test(arguments: [
        ("authorization", true), ("Authorization", true), ("AUTHORIZATION", true), ("aUTHORIZATIOn", true),
        ("authorization ", false), ("authorizatio", false), ("autHorizati\u{2F}n", false), ("", false),
    ])
    func tokenIsKnownHoweverItsNameIsWritten(name: String, isAuthorization: Bool) {
        #expect(HeaderName.isAuthorization(name.utf8) == isAuthorization)
    }
}
