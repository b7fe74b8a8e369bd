import Testing
import orderbus

@Suite struct OrderLineReaderTests {
    /// Reads a text in pieces of some size, as pipes give it.
    private func lines(_ text: String, pieces: Int = .max) -> [OrderLine] {
        var reader = OrderLineReader(source: "in")
        var lines: [OrderLine] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            reader.append(rest.prefix(pieces))
            rest = rest.dropFirst(pieces)
            while let line = reader.next() { lines.append(line) }
        }
        reader.finish()
        while let line = reader.next() { lines.append(line) }
        return lines
    }

    private func line(_ number: Int, _ text: String) -> OrderLine {
        OrderLine(source: "in", number: number, text: Array(text.utf8))
    }

    @Test(arguments: [1, 3, 7, Int.max])
    func everyLineIsAnOrderAndKeepsItsNumber(_ pieces: Int) {
        let text = "{\"a\":1}\n\n  \n{\"a\":2}\r\n{\"a\":3}"
        #expect(
            lines(text, pieces: pieces) == [line(1, "{\"a\":1}"), line(4, "{\"a\":2}"), line(5, "{\"a\":3}")]
        )
    }

    @Test(arguments: [1, 5, Int.max])
    func oneObjectMayStandOverManyLines(_ pieces: Int) {
        let text = "\n{ \"a\": {\n  \"b\": \"c d\"\n} }\n\n"
        #expect(lines(text, pieces: pieces) == [line(2, "{ \"a\": {   \"b\": \"c d\" } }")])
    }

    @Test(arguments: [1, 2, 3, Int.max])
    func aByteOrderMarkIsNoPartOfTheFirstOrder(_ pieces: Int) {
        let two = "\u{FEFF}{\"a\":1}\n{\"a\":2}\n"
        #expect(lines(two, pieces: pieces) == [line(1, "{\"a\":1}"), line(2, "{\"a\":2}")])
        #expect(lines("\u{FEFF}{\n\"a\":1}", pieces: pieces) == [line(1, "{ \"a\":1}")])
        #expect(lines("\u{FEFF}", pieces: pieces) == [])
    }

    @Test func aBrokenFirstLineSpoilsItselfAlone() {
        let text = "{\"a\":\n{\"a\":2}\n"
        #expect(lines(text) == [line(1, "{\"a\":"), line(2, "{\"a\":2}")])
    }

    @Test func aLineFeedAtTheEndMakesNoFurtherOrder() {
        #expect(lines("{}\n") == [line(1, "{}")])
        #expect(lines("") == [])
        #expect(lines("\n\n") == [])
    }

    @Test func aLineThatIsTooLongIsLetGoAndTheNextIsRead() {
        let long = "{\"a\":\"" + String(repeating: "x", count: OrderLineReader.maximumLineBytes) + "\"}"
        let all = lines("{}\n" + long + "\n{\"b\":1}\n", pieces: 60_000)
        #expect(all.map(\.number) == [1, 2, 3])
        #expect(all.map(\.isTooLong) == [false, true, false])
        #expect(all[1].text.isEmpty)
        #expect(all[2] == line(3, "{\"b\":1}"))
    }

    @Test func aFirstLineThatNeverEndsDoesNotHoldUpTheRest() {
        let filler = "{\"n\":1}\n"
        let text = "{\"broken\":\n" + String(repeating: filler, count: 80_000)
        var reader = OrderLineReader(source: "in")
        reader.append(Array(text.utf8))
        #expect(reader.next() == line(1, "{\"broken\":"))
        #expect(reader.next() == line(2, "{\"n\":1}"))
    }
}
