import JSON
import Testing

@Suite struct ArrayJSONTests {
    @Test func writesAReplyStraightIntoBytes() {
        var reply: [UInt8] = []
        reply.appendLiteral("{\"name\":")
        reply.appendJSONString("a\"b\\c\u{1}\u{1F}\n\r\t\u{8}\u{C}é/")
        reply.appendLiteral(",\"bytes\":")
        reply.appendJSONString(utf8: Array("x\ny".utf8)[...])
        reply.appendLiteral(",\"n\":")
        reply.appendJSONInteger(-120)
        reply.appendLiteral("}")
        let wanted = #"{"name":"a\"b\\c\u0001\u001f\n\r\t\b\fé/","bytes":"x\ny","n":-120}"#
        #expect(String(decoding: reply, as: UTF8.self) == wanted)
    }

    @Test(arguments: [0, 7, 10, -1, Int.max, Int.min])
    func integersAreWrittenInDecimal(_ value: Int) {
        var output: [UInt8] = []
        output.appendJSONInteger(value)
        #expect(String(decoding: output, as: UTF8.self) == String(value))
    }

    @Test func objectsOfStringsAreWrittenInOrder() {
        var output: [UInt8] = []
        output.appendJSONObjects([])
        output.appendJSONObjects([["field": "a\"b", "message": ""], [:], ["z": "1"]])
        #expect(String(decoding: output, as: UTF8.self) == #"[][{"field":"a\"b","message":""},{},{"z":"1"}]"#)
    }

    @Test func whatIsWrittenCanBeReadBack() throws {
        let text = String(String.UnicodeScalarView((0..<0x300).compactMap(Unicode.Scalar.init)))
        var output: [UInt8] = []
        output.appendJSONString(text)
        #expect(try JSONDocument(parsing: output).root.asString == text)
    }
}
