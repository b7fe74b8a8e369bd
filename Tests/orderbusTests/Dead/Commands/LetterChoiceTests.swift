import Testing
import orderbus

@Suite struct LetterChoiceTests {
    private func choice(
        ids: [String] = [],
        _ members: [(name: String, value: String?)] = [],
        failedIn: String? = nil,
        isEverything: Bool = false
    ) -> LetterChoice? {
        LetterChoice(ids: ids, members: members, failedIn: failedIn, isEverything: isEverything)
    }

    @Test func eachWayOfChoosingIsTheConsolesOwn() {
        let cases: [(LetterChoice?, String)] = [
            (choice(ids: ["dl_1", "dl_2"]), #"{"ids":["dl_1","dl_2"]}"#),
            (choice([("group", "dg_1"), ("state", nil)]), #"{"group":"dg_1"}"#),
            (choice(failedIn: "rj_1"), #"{"failedIn":"rj_1"}"#),
            (choice([("state", "kept"), ("group", "dg_1")]), #"{"filter":{"group":"dg_1","state":"kept"}}"#),
            (choice([("text", #"a"b"#)]), #"{"filter":{"text":"a\"b"}}"#),
            (choice(isEverything: true), #"{"everything":true}"#),
        ]
        for (choice, json) in cases {
            #expect(choice.map { String(decoding: $0.json, as: UTF8.self) } == json)
        }
    }

    @Test func nothingAndTwoThingsAreNoChoice() {
        #expect(choice() == nil)
        #expect(choice([("state", nil)]) == nil)
        #expect(choice(ids: ["dl_1"], [("state", "kept")]) == nil)
        #expect(choice([("state", "kept")], isEverything: true) == nil)
        #expect(choice(ids: ["dl_1"], failedIn: "rj_1") == nil)
    }
}
