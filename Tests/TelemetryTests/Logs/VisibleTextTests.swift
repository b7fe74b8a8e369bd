import Telemetry
import Testing

@Suite struct VisibleTextTests {
    private func written(_ text: String) -> String {
        var bytes: [UInt8] = []
        VisibleText.append(text.utf8.span, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("plain text", "plain text"),
        ("naïve 注文", "naïve 注文"),
        (#"say "hi" \ bye"#, #"say \"hi\" \\ bye"#),
        ("line\nbreak\r\ttab", #"line\nbreak\r\ttab"#),
        ("\u{1B}[31mred", #"\u001b[31mred"#),
        ("null\u{0}bell\u{7}del\u{7F}", #"null\u0000bell\u0007del\u007f"#),
        ("c1 \u{9B}2J", #"c1 \u009b2J"#),
        ("abc\u{202E}cba", #"abc\u202ecba"#),
        ("\u{2066}isolated\u{2069}", #"\u2066isolated\u2069"#),
        ("line\u{2028}separator", #"line\u2028separator"#),
    ])
    func whatATerminalWouldActOnIsEscaped(text: String, expected: String) {
        #expect(written(text) == expected)
    }

    @Test func bytesThatAreNotUTF8ShowAsReplacementCharacters() {
        var bytes: [UInt8] = []
        VisibleText.append(([0x61, 0xFF, 0x62] as [UInt8]).span, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "a\u{FFFD}b")
    }

    @Test func aLongValueIsCutWithoutBreakingTheText() {
        let text = written(String(repeating: "ä", count: VisibleText.maximumBytes))
        #expect(text.hasSuffix("ä…"))
        #expect(text.utf8.count <= VisibleText.maximumBytes + 6)
    }
}
