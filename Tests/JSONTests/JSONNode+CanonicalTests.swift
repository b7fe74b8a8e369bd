import JSON
import OrderTestKit
import Testing

@Suite struct JSONNodeCanonicalTests {
    @Test(arguments: [
        (#" { "b" : 1 , "a" : [ true , null , "x" ] } "#, #"{"a":[true,null,"x"],"b":1}"#),
        (#"{"\u0062":{"d":1,"c":2},"a":{}}"#, #"{"a":{},"b":{"c":2,"d":1}}"#),
        (#""\u0041\/\u00e9\ud834\udd1e""#, #""A/é𝄞""#),
        (#""\u0000\u001F\u0008\t\"\\\u007f""#, "\"\\u0000\\u001f\\b\\t\\\"\\\\\u{7F}\""),
        (#"{"é":1,"z":2,"":3,"𝄞":4,"aa":5,"a":6}"#, #"{"":3,"a":6,"aa":5,"z":2,"é":1,"𝄞":4}"#),
    ])
    func oneFormForOneValue(_ text: String, _ canonical: String) throws {
        #expect(try Self.canonical(text) == canonical)
    }

    @Test(arguments: [
        (["1", "1.0", "1e0", "10e-1", "0.1e1", "1.000E+0"], "1"),
        (["0", "-0", "0.0", "-0e5", "0e99999999999999"], "0"),
        (["100", "1e2", "10.0e1"], "100"), (["-12.50", "-125e-1", "-0.125e2"], "-12.5"),
        (["0.001", "1e-3", "10e-4"], "0.001"), (["1e20", "100000000000000000000"], "100000000000000000000"),
        (["1e21", "10e20", "1000000000000000000000"], "1e21"), (["15e300", "1.5e301"], "15e300"),
        (["1e999999999", "0.1e1000000000", "10e999999998"], "1e999999999"), (["1e-400", "0.1e-399"], "1e-400"),
        (["0.1000000000000000000000000001"], "0.1000000000000000000000000001"),
        (["12345678901234567890123456789"], "12345678901234567890123456789"),
        (["9007199254740993"], "9007199254740993"), (["9007199254740992.0"], "9007199254740992"),
    ])
    func equalNumbersHaveOneSpelling(_ spellings: [String], _ canonical: String) throws {
        for spelling in spellings {
            #expect(try Self.canonical(spelling) == canonical, "\(spelling)")
        }
    }

    @Test func aSubtreeHasTheFormItHasAlone() throws {
        let root = try JSONDocument(parsing: Array(#"{"x":{"b":[1.0],"a":"\u0041"}}"#.utf8)).root
        var output = Array("kept:".utf8)
        root.member("x")?.appendCanonical(to: &output)
        #expect(String(decoding: output, as: UTF8.self) == #"kept:{"a":"A","b":[1]}"#)
    }

    @Test func spellingNeverMattersAndTheFormIsItsOwn() throws {
        var random = SeededGenerator(seed: 0x5EED)
        for _ in 0..<2000 {
            let value = RandomJSON.make(depth: 4, using: &random)
            let first = try Self.canonical(value.spelt(using: &random))
            let second = try Self.canonical(value.spelt(using: &random))
            #expect(first == second)
            #expect(try Self.canonical(first) == first)
        }
    }

    @Test func otherValuesHaveOtherForms() throws {
        var random = SeededGenerator(seed: 0xD1FF)
        var seen: [String: RandomJSON] = [:]
        for _ in 0..<5000 {
            let value = RandomJSON.make(depth: 2, using: &random)
            let form = try Self.canonical(value.spelt(using: &random))
            if let other = seen.updateValue(value, forKey: form) { #expect(other == value, "\(form)") }
        }
    }

    @Test func mutatedTextsAreReadOrRefusedAndNeverTrap() throws {
        var random = SeededGenerator(seed: 0xBAD)
        var accepted = 0
        for _ in 0..<5000 {
            var text = Array(RandomJSON.make(depth: 4, using: &random).spelt(using: &random).utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) where !text.isEmpty {
                let place = Int.random(in: 0..<text.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: text[place] = UInt8.random(in: 0...255, using: &random)
                case 1: text.remove(at: place)
                default: text.removeLast(text.count - place)
                }
            }
            guard let document = try? JSONDocument(parsing: text) else { continue }
            accepted += 1
            #expect(String(validating: text, as: UTF8.self) != nil)
            _ = document.root.depth
            _ = try Self.canonical(String(decoding: text, as: UTF8.self))
        }
        #expect(accepted > 100)
    }

    private static func canonical(_ text: String) throws -> String {
        var output: [UInt8] = []
        try JSONDocument(parsing: Array(text.utf8)).root.appendCanonical(to: &output)
        return String(decoding: output, as: UTF8.self)
    }
}
