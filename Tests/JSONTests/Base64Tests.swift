import JSON
import Testing

@Suite struct Base64Tests {
    /// Source: RFC 4648 §10.
    private static let examples = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ]

    @Test(arguments: examples) func bytesAreWrittenAndReadAsTheStandardSays(bytes: String, text: String) {
        var written: [UInt8] = []
        Base64.append(Array(bytes.utf8), to: &written)
        #expect(String(decoding: written, as: UTF8.self) == text)
        #expect(Base64.decoded(Array(text.utf8)[...]) == Array(bytes.utf8))
    }

    @Test func everyByteSurvives() {
        let bytes = (0...255).map { UInt8($0) } + [0, 255]
        var written: [UInt8] = []
        Base64.append(bytes, to: &written)
        #expect(Base64.decoded(written[...]) == bytes)
    }

    @Test(arguments: ["Zg", "Zg=", "Zh==", "Zm9=", "Zm9v\n", "Zm 9", "Z===", "====", "Zm9-", "=m9v"])
    func otherSpellingsAreRefused(text: String) {
        #expect(Base64.decoded(Array(text.utf8)[...]) == nil)
    }
}
