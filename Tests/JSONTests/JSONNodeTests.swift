import JSON
import Testing

@Suite struct JSONNodeTests {
    @Test func aMemberIsFoundByItsNameHoweverThatIsSpelt() throws {
        let root = try parse(#"{"x":{"b":0},"a":1,"\u0062":2}"#)
        #expect(root.member("a")?.asInt64 == 1)
        #expect(root.member("b")?.asInt64 == 2)
        #expect(root.member(named: Array("b".utf8))?.asInt64 == 2)
        #expect(root.member("c")?.kind == nil)
        #expect(root.member("x")?.member("b")?.asInt64 == 0)
        #expect(root.member("a")?.member("a")?.kind == nil)
    }

    @Test func membersAndElementsComeInTheOrderOfTheText() throws {
        let root = try parse(#"{"b":[1,[2,3],{"c":4}],"a":null}"#)
        #expect(root.members.map { $0.name.asString } == ["b", "a"])
        #expect(root.member("b")?.elements.map(\.kind) == [.number, .array, .object])
        #expect(root.elements.map(\.kind) == [])
        #expect(root.member("b")?.members.map(\.value.kind) == [])
        #expect(root.count == 2)
        #expect(root.member("b")?.count == 3)
    }

    @Test func kindsAndTruthValues() throws {
        let elements = try parse(#"[null,true,false,0,"",[],{}]"#).elements.map { $0 }
        #expect(elements.map(\.kind) == [.null, .true, .false, .number, .string, .array, .object])
        #expect(elements.map(\.asBool) == [nil, true, false, nil, nil, nil, nil])
        #expect(elements.map(\.isNull) == [true, false, false, false, false, false, false])
    }

    @Test func aStringIsReadWithItsEscapesResolved() throws {
        let root = try parse(#"["a\u00e9\n\ud834\udd1e\/","é𝄞",1]"#)
        let elements = root.elements.map { $0 }
        #expect(elements.map(\.asString) == ["aé\n𝄞/", "é𝄞", nil])
        #expect(elements.map { $0.utf8.map(Array.init) } == [Array("aé\n𝄞/".utf8), Array("é𝄞".utf8), nil])
        #expect(elements.map(\.scalarCount) == [5, 2, nil])
        #expect(elements[0].isString("aé\n𝄞/"))
        #expect(!elements[1].isString("é"))
        #expect(!elements[2].isString("1"))
    }

    @Test func depthAndLengthAreThoseOfTheSubtree() throws {
        let root = try parse(#"{ "a" : [ 1 , { "b" : [ ] } ] , "c" : "é" , "d": {} }"#)
        #expect(root.depth == 4)
        #expect(root.member("a")?.depth == 3)
        #expect(root.member("c")?.depth == 0)
        #expect(root.member("d")?.depth == 1)
        #expect(root.member("a")?.byteCount == "[ 1 , { \"b\" : [ ] } ]".utf8.count)
        #expect(root.member("c")?.byteCount == 4)
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("1", 1), ("1.0", 1), ("1e2", 100), ("10e-1", 1), ("0.5e1", 5), ("100.00", 100),
            ("9223372036854775807", .max), ("-9223372036854775808", .min), ("922337203685477580.7e1", .max),
            ("0e999999999", 0), ("0.000", 0), ("-12000e-3", -12),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1.5", nil), ("1e-1", nil), ("1e19", nil),
            ("1e999999999", nil), ("\"1\"", nil), ("true", nil), ("null", nil),
        ] as [(String, Int64?)]
    )
    func anIntegerIsExactOrNothing(_ text: String, _ value: Int64?) throws {
        #expect(try parse(text).asInt64 == value)
    }

    @Test(
        arguments: [
            ("0", 0), ("-1.5", -1.5), ("1e3", 1000), ("1735689600.25", 1_735_689_600.25),
            ("9007199254740993", 9007199254740992),
            ("1e400", nil), ("-1e999999999", nil), ("\"1\"", nil), ("null", nil),
        ] as [(String, Double?)]
    )
    func aDoubleIsFiniteOrNothing(_ text: String, _ value: Double?) throws {
        #expect(try parse(text).asDouble == value)
    }

    @Test func aNumberKeepsItsSpelling() throws {
        #expect(try parse(" 10.00 ").numberLexeme.map(Array.init) == Array("10.00".utf8))
        #expect(try parse("\"10\"").numberLexeme == nil)
    }

    private func parse(_ text: String) throws -> JSONNode {
        try JSONDocument(parsing: Array(text.utf8)).root
    }
}
