import Orders
import Testing

@Suite struct FailurePatternTests {
    @Test(arguments: [
        ("The command could not be stored: 23514", "The command could not be stored: #"),
        ("value \"abc\" is too long", "value … is too long"),
        ("value 'a b' and `c` and “d”", "value … and … and …"),
        ("order ord_546vf04tk1w38tdmn7erqn46zv is gone", "order … is gone"),
        ("after 12 of 1000 tries, 25.50 USD", "after # of # tries, # USD"),
        ("id 9d0c2c1b-27e7-4e65-8a1b-43f684c2d7a9!", "id …!"),
        ("it can't be, isn't it", "it can't be, isn't it"),
        ("two\n  lines\there", "two lines here"),
        ("an open \"quote stays", "an open \"quote stays"),
        ("", ""),
    ])
    func whatDiffersFromMessageToMessageIsTakenOut(message: String, pattern: String) {
        #expect(FailurePattern(normalising: message).text == pattern)
    }

    @Test func aHugeTextIsCut() {
        let message = String(repeating: "word ", count: 100_000)
        #expect(FailurePattern(normalising: message).text.unicodeScalars.count <= FailurePattern.characterLimit)
    }
}
