import Orders
import Testing

@testable import OrderHTTP

@Suite struct IdempotencyKeyFieldTests {
    @Test(arguments: [
        ("key-0123456789", "key-0123456789"),
        ("  \"key-0123456789\" ", "key-0123456789"),
        ("\"key-0123456789\";a=1", "key-0123456789"),
        (#""a\"b\\c-0123456""#, #"a"b\c-0123456"#),
    ])
    func readsQuotedAndBare(_ field: String, _ key: String) throws {
        #expect(try IdempotencyKeyField.read([field])?.text == key)
    }

    @Test(arguments: [
        "short", "\"key-0123456789", "\"key-0123456789\" x", "key 0123456789", "\"a key with spaces\"", "",
        #""abc\defghijk""#,
    ])
    func refusesOthers(_ field: String) {
        #expect(throws: Problem.self) { try IdempotencyKeyField.read([field]) }
    }

    @Test func twoAreNotOne() throws {
        #expect(throws: Problem.self) { try IdempotencyKeyField.read(["key-0123456789", "key-0123456789"]) }
        #expect(try IdempotencyKeyField.read([]) == nil)
    }
}
