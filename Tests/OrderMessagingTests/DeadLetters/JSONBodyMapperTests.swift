import OrderMessaging
import Orders
import Testing

@Suite struct JSONBodyMapperTests {
    private func path(_ text: String) throws -> BodyPath { try #require(BodyPath(text)) }

    private func map(_ body: String, _ steps: LetterMapping.Step...) throws -> (body: String, mapped: MappedBody) {
        let mapped = try JSONBodyMapper().map(LetterMapping(steps: steps), over: Array(body.utf8))
        return (String(decoding: mapped.body, as: UTF8.self), mapped)
    }

    private func refusal(_ body: [UInt8], _ steps: LetterMapping.Step...) -> Refusal? {
        do {
            _ = try JSONBodyMapper().apply(LetterMapping(steps: steps), to: body)
            return nil
        } catch {
            return error
        }
    }

    @Test func aMemberGetsAnotherNameAndAllElseStaysToTheByte() throws {
        let body = "{ \"a\" : 1.50e+01 ,\n\t\"nested\":{\"customer\": \"\\u0041<\", \"n\":-0.0},\"z\":[1, 2 ,3] }"
        let result = try map(body, .rename(try path("nested.customer"), to: "customerId"))
        #expect(result.body == body.replacing("\"customer\"", with: "\"customerId\""))
        #expect(result.mapped.changeCount == 1)
        #expect(result.mapped.missing.isEmpty)
    }

    @Test func numbersKeepTheirSpelling() throws {
        let spellings = "[1.0,1e400,12345678901234567890123,-0,0.10,1E+2]"
        let result = try map(
            "{\"n\":\(spellings)}",
            .rename(try path("n"), to: "numbers"),
            .setDefault(try path("price"), json: Array(" 19.90 ".utf8))
        )
        #expect(result.body == "{\"numbers\":\(spellings),\"price\":19.90}")
    }

    @Test func aDefaultIsSetOnlyWhereTheMemberIsMissing() throws {
        let step = LetterMapping.Step.setDefault(try path("metadata.source"), json: Array("{\"by\":null}".utf8))
        #expect(try map(#"{"metadata":{ }}"#, step).body == #"{"metadata":{"source":{"by":null} }}"#)
        #expect(try map(#"{"metadata":{"a":1 }}"#, step).body == #"{"metadata":{"a":1,"source":{"by":null} }}"#)
        let present = try map(#"{"metadata":{"source":null}}"#, step)
        #expect(present.body == #"{"metadata":{"source":null}}"#)
        #expect(present.mapped.changeCount == 0)
        #expect(present.mapped.missing.isEmpty)
    }

    @Test(arguments: [
        (#"{"x":1}"#, "{}"), (#"{ "x" : [1,{}] }"#, "{  }"), (#"{"x":1, "b":2}"#, #"{"b":2}"#),
        (#"{"a":0 , "x":1}"#, #"{"a":0}"#), (#"{"a":0,"x":1 ,"b":2}"#, #"{"a":0,"b":2}"#),
        (#"{"a":0,"\u0078":"}"}"#, #"{"a":0}"#),
    ])
    func aMemberIsTakenOutWithItsComma(body: String, rest: String) throws {
        #expect(try map(body, .remove(try path("x"))).body == rest)
    }

    @Test func arraysAreEnteredOnlyWhereThePathSaysSo() throws {
        let body = #"{"items":[{"qty":1},{"sku":"A"},7,{"qty":2}]}"#
        let into = try map(body, .rename(try path("items[*].qty"), to: "quantity"))
        #expect(into.body == #"{"items":[{"quantity":1},{"sku":"A"},7,{"quantity":2}]}"#)
        #expect(into.mapped.changeCount == 2)
        #expect(try map(body, .remove(try path("items[3].qty"))).body == #"{"items":[{"qty":1},{"sku":"A"},7,{}]}"#)
        let past = try map(body, .rename(try path("items.qty"), to: "quantity"), .remove(try path("items[9].qty")))
        #expect(past.body == body)
        #expect(past.mapped.missing == [try path("items.qty"), try path("items[9].qty")])
    }

    @Test func whatIsNotThereIsReportedOnceAndStopsNothing() throws {
        let gone = try path("gone.here")
        let result = try map(
            #"{"a":1}"#,
            .rename(gone, to: "x"),
            .remove(gone),
            .setDefault(try path("gone.there"), json: Array("1".utf8)),
            .rename(try path("a"), to: "b"),
            .rename(try path("b"), to: "c")
        )
        #expect(result.body == #"{"c":1}"#)
        #expect(result.mapped.missing == [gone, try path("gone.there")])
        #expect(result.mapped.changeCount == 2)
    }

    @Test func hostileNamesAreEscaped() throws {
        let result = try map(#"{"a":1}"#, .rename(try path("a"), to: "\"},\u{0}\n\u{202E}"))
        #expect(result.body == "{\"\\\"},\\u0000\\n\u{202E}\":1}")
    }

    @Test func whatIsNoObjectIsRefused() throws {
        let step = LetterMapping.Step.remove(try path("a"))
        let bodies = ["", "{", "[]", "\"a\"", #"{"a":1,"a":2}"#, #"{"a":1}x"#, #"{"a":01}"#]
        for body in bodies { #expect(refusal(Array(body.utf8), step)?.code == .malformedMessage, "\(body)") }
        #expect(refusal([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], step)?.code == .malformedMessage)
    }

    @Test func aMappingThatDoesNotFitIsRefusedWithItsPath() throws {
        let body = Array(#"{"a":1,"b":2,"list":[1]}"#.utf8)
        let taken = refusal(body, .rename(try path("a"), to: "b"))
        #expect(taken?.code == .validationFailed)
        #expect(taken?.details.map(\.field) == ["a"])
        #expect(refusal(body, .remove(try path("list[0]")))?.code == .validationFailed)
        #expect(refusal(body, .setDefault(try path("c"), json: Array("1,\"d\":2".utf8)))?.code == .validationFailed)
    }
}
