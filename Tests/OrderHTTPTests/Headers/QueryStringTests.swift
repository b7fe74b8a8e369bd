import Testing

@testable import OrderHTTP

@Suite struct QueryStringTests {
    @Test func readsEscapesAsFormsWriteThem() throws {
        let query = try QueryString("a=1%20%2B+x&b&c=%C3%A9&a=2=3&&=v")
        #expect(query.values(of: "a") == ["1 + x", "2=3"])
        #expect(query.values(of: "b") == [""])
        #expect(query.values(of: "c") == ["é"])
        #expect(query.values(of: "") == ["v"])
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%ff", "%C3=1"])
    func refusesWhatIsNoText(_ query: String) {
        #expect(throws: QueryString.Malformed.self) { try QueryString(query) }
    }

    @Test func writesWhatItReadsAgain() throws {
        let text = "a&b=c +é%/?#"
        #expect(try QueryString("x=\(QueryString.encoded(text))").values(of: "x") == [text])
    }
}
