import JSON
import Testing

@Suite struct JSONDocumentTests {
    @Test(arguments: [
        "{}", "[]", "null", "true", "false", "0", "-0", "\"\"", " [ ] ", "\n{\t}\r ", "[[[]]]", "[1,2,3]", "[0.1,-1.5]",
        "[1e5,1E5,1e+5,1e-5,0e0,0.0e-0]", "{\"a\":1,\"b\":[]}", "{\"\":0}", "{\"a\":{\"a\":{\"a\":1}}}",
        #"["\"\\\/\b\f\n\r\t"]"#, #"["\u0000\u001f\u00e9\uD834\uDD1E"]"#, "[\"\u{7F}\u{80}é€𝄞\u{10FFFF}\u{FFFF}\"]",
        "[123456789012345678901234567890.5e-300]", "[1e400,1e999999999,0e99999999999999999999]", "\"\u{2028}\u{FEFF}\"",
        #"{"a":1,"A":2,"\u0062":3}"#,
    ])
    func acceptsWhatTheRFCAllows(_ text: String) throws {
        _ = try JSONDocument(parsing: Array(text.utf8))
    }

    static let refused: [(JSONError.Reason, [(text: String, offset: Int)])] = [
        (
            .unexpectedEnd,
            [
                ("", 0), (" ", 1), ("[", 1), ("[1", 2), ("[1,", 3), ("{\"a\"", 4), ("{\"a\":", 5), ("{\"a\":1", 6),
                ("\"", 1), ("\"\\", 2), ("\"\\u12", 5), ("tru", 3), ("-", 1), ("1.", 2), ("1e", 2), ("1e+", 3),
            ]
        ),
        (
            .unexpectedByte,
            [
                ("[1,]", 3), ("[,1]", 1), ("[1 2]", 3), ("{\"a\":1,}", 7), ("{,}", 1), ("{a:1}", 1), ("{'a':1}", 1),
                ("{\"a\" 1}", 5), ("{\"a\"::1}", 5), ("{1:1}", 1), ("[}", 1), ("{]", 1), ("]", 0), ("{\"a\":1]", 6),
                ("[1}", 2), ("nul1", 3), ("True", 0), ("NaN", 0), ("Infinity", 0), ("+1", 0), (".5", 0),
                ("// c\n1", 0), ("[1/* c */]", 2), ("# c\n1", 0), ("\u{00A0}1", 0), ("\u{0C}1", 0), ("\0", 0),
            ]
        ),
        (
            .invalidNumber,
            [
                ("-Infinity", 1), ("1e5.", 3), ("01", 1), ("-01", 2), ("00", 1), ("1.e5", 2), ("1.2.3", 3),
                ("--1", 1), ("1ee5", 2), ("1-2", 1),
            ]
        ),
        (
            .trailingBytes,
            [
                ("1 2", 2), ("{}x", 2), ("[]]", 2), ("1\0", 1), ("truex", 4), ("1x", 1), ("0x10", 1),
            ]
        ),
        (
            .numberOutOfRange,
            [
                ("1e1000000000000001", 0), ("[-1e-99999999999999999999]", 1),
            ]
        ),
        (
            .controlCharacter,
            [
                ("\"\n\"", 1), ("\"a\u{1F}\"", 2), ("\"\0\"", 1),
            ]
        ),
        (
            .invalidEscape,
            [
                (#""\x41""#, 1), (#""\u00g0""#, 1), (#""\U0041""#, 1), (#""\'""#, 1), (#""\u 041""#, 1),
            ]
        ),
        (
            .loneSurrogate,
            [
                (#""\ud800""#, 1), (#""\udc00""#, 1), (#""\ud800\ud800""#, 1), (#""\ud800\n12345678""#, 1),
                (#""\ud800\u0041""#, 1),
            ]
        ),
        (
            .byteOrderMark,
            [
                ("\u{FEFF}{}", 0)
            ]
        ),
        (
            .duplicateMember,
            [
                (#"{"a":1,"a":1}"#, 7), (#"{"a":1,"\u0061":2}"#, 7), (#"{"é":1,"b":{"c":[]},"\u00e9":2}"#, 21),
                (#"[{"":0,"":0}]"#, 7), (#"{"\ud834\udd1e":1,"𝄞":2}"#, 18),
            ]
        ),
    ]

    @Test(arguments: refused)
    func refusesAndSaysWhere(_ reason: JSONError.Reason, _ texts: [(text: String, offset: Int)]) {
        for (text, offset) in texts {
            #expect(throws: JSONError(reason: reason, offset: offset), "\(text)") {
                try JSONDocument(parsing: Array(text.utf8))
            }
        }
    }

    @Test(
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x9F, 0xBF], [0xE2, 0x82],
            [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98],
            [0xF0, 0x9F, 0x28, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        ] as [[UInt8]]
    )
    func refusesIllFormedUTF8InAString(_ bytes: [UInt8]) {
        let text = [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")]
        #expect(throws: JSONError(reason: .invalidUTF8, offset: 1)) { try JSONDocument(parsing: text) }
        #expect(throws: JSONError(reason: .invalidUTF8, offset: 1)) { try JSONDocument(parsing: text.dropLast()) }
    }

    @Test func refusesOtherEncodings() {
        #expect(throws: JSONError(reason: .unexpectedByte, offset: 0)) {
            try JSONDocument(parsing: [0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00])
        }
        #expect(throws: JSONError(reason: .unexpectedByte, offset: 1)) {
            try JSONDocument(parsing: [0x5B, 0x00, 0x5D, 0x00])
        }
    }

    @Test func refusesATextLongerThanAllowed() throws {
        _ = try JSONDocument(parsing: Array("[1]".utf8), limits: JSONLimits(maxBytes: 3))
        #expect(throws: JSONError(reason: .tooLong, offset: 2)) {
            try JSONDocument(parsing: Array("[1]".utf8), limits: JSONLimits(maxBytes: 2))
        }
    }

    @Test func refusesDepthBombsWhereTheyGoTooDeep() throws {
        let bomb = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        #expect(throws: JSONError(reason: .tooDeep, offset: 64)) { try JSONDocument(parsing: bomb) }
        let objects = Array(String(repeating: "{\"a\":", count: 1000).utf8)
        #expect(throws: JSONError(reason: .tooDeep, offset: 5 * 64)) { try JSONDocument(parsing: objects) }
        let edge = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(try JSONDocument(parsing: Array(edge.utf8)).root.depth == 64)
    }

    @Test func findsOneDuplicateAmongFiftyThousandMembers() throws {
        let members = (0..<50_000).map { "\"member\($0)\":\($0)" }
        let root = try JSONDocument(parsing: Array("{\(members.joined(separator: ","))}".utf8)).root
        #expect(root.count == 50_000)
        #expect(root.member("member49999")?.asInt64 == 49_999)
        let twice = members + [#""memb\u0065r7":0"#]
        #expect {
            try JSONDocument(parsing: Array("{\(twice.joined(separator: ","))}".utf8))
        } throws: {
            ($0 as? JSONError)?.reason == .duplicateMember
        }
    }

    @Test func anErrorTellsNothingOfTheText() throws {
        let error = JSONError(reason: .unexpectedByte, offset: 7)
        #expect(error.description == "this byte cannot stand here, at byte 7")
    }
}
