import Orders
import Testing

@Suite struct BodyPathTests {
    @Test(arguments: [
        ("customerId", [BodyPath.Step.member("customerId")]),
        ("totalAmount.currency", [.member("totalAmount"), .member("currency")]),
        ("items[0].sku", [.member("items"), .element(0), .member("sku")]),
        ("items[*].unitPrice", [.member("items"), .anyElement, .member("unitPrice")]),
        ("metadata.\"source system\"", [.member("metadata"), .member("source system")]),
    ])
    func aPathIsReadAndWritten(text: String, steps: [BodyPath.Step]) throws {
        let path = try #require(BodyPath(text))
        #expect(path.steps == steps)
        #expect(path.description == text)
    }

    @Test func theRootOfOtherToolsIsTaken() {
        #expect(BodyPath("$.a.b") == BodyPath("a.b"))
    }

    @Test(arguments: ["", ".", "a.", ".a", "a..b", "a[", "a[x]", "a[-1]", "a[01]", "a b", "\"a", "a]b", "a[99999999]"])
    func whatIsNoPathIsRefused(text: String) {
        #expect(BodyPath(text) == nil)
    }
}
