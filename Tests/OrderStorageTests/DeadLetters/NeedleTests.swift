import Testing

@testable import OrderStorage

@Suite struct NeedleTests {
    @Test func bytesAreWrittenAsTheDatabaseWritesThemAndLikeTakesThem() {
        #expect(Needle("abc").bodyPattern == "%abc%")
        #expect(Needle("a%b_c").bodyPattern == #"%a\%b\_c%"#)
        #expect(Needle("é\0").bodyPattern == #"%\\303\\251\\000%"#)
        #expect(Needle(#"\"#).bodyPattern == #"%\\\\%"#)
        #expect(Needle(#"é\"#).errorPattern == #"%é\\%"#)
    }

    @Test(arguments: [
        ("abc", true), ("-12.345", true), ("ab", false), (#"{"a":"#, false), ("é é é", false), ("", false),
    ])
    func onlyWhatTheIndexKnowsIsAskedOfIt(_ text: String, _ isIndexed: Bool) {
        #expect(Needle(text).isIndexed == isIndexed)
    }
}
