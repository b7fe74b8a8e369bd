import Testing
import Tokens

@Suite struct Base64URLTests {
    @Test func everyLengthComesBack() {
        for length in 0..<70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 201) }
            #expect(Base64URL.decoded(Base64URL.encoded(bytes)[...]) == bytes)
        }
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("\u{FF}\u{FE}?", "w7_Dvj8"),
    ])
    func isThatOfTheRFC(_ text: String, _ encoded: String) {
        #expect(String(decoding: Base64URL.encoded(text.utf8), as: UTF8.self) == encoded)
    }

    @Test(arguments: [
        "Zg==", "Zm8=", "Z", "Zm9vY", "Zm+v", "Zm/v", "Zm9v\n", " Zm9v", "Zm 9v", "Zh", "Zm9", "Zg.", "é", "\0\0",
    ])
    func refusesEveryOtherSpelling(_ text: String) {
        #expect(Base64URL.decoded(Array(text.utf8)[...]) == nil)
    }
}
