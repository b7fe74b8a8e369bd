import Orders
import Testing

@Suite struct IdempotencyKeyTests {
    @Test(arguments: [
        "0123456789", "9d0c2c1b-27e7-4e65-8a1b-43f684c2d7a9", "~!@#$%^&*()", String(repeating: "k", count: 255),
    ])
    func visibleASCIIOfTheRightLengthIsAKey(text: String) {
        #expect(IdempotencyKey(text)?.text == text)
    }

    @Test(arguments: [
        "", "012345678", "0123456789 ", "01234\t56789", "0123456789é", String(repeating: "k", count: 256),
    ])
    func allElseIsNone(text: String) {
        #expect(IdempotencyKey(text) == nil)
    }
}
