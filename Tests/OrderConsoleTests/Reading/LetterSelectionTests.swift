import HTTPTypes
import HummingbirdTesting
import OrderTestKit
import Orders
import Testing

@Suite struct LetterSelectionTests {
    private let token = "\(Sample.caller().tenant):read,replay,edit,discard"

    static let names = [
        "state", "group", "command", "code", "reason", "release", "tenant", "client", "customer", "order", "from",
        "before", "text", "path", "value", "failedAgain",
    ]
    static let blanks =
        names.flatMap { [(#"{"filter":{"\#($0)":""}}"#, $0), (#"{"filter":{"\#($0)":null}}"#, $0)] } + [
            (#"{"filter":{}}"#, "filter"), (#"{"filter":null}"#, "filter"), (#"{"group":""}"#, "group"),
            (#"{"group":null}"#, "group"), (#"{"failedIn":""}"#, "failedIn"), (#"{"ids":null}"#, "ids"),
            (#"{"everything":null}"#, "everything"), (#"{"everything":false}"#, "everything"),
            (#"{"group":null,"everything":true}"#, "group"), ("{}", "selection"),
        ]

    /// A script's unset variable discarded every letter.
    @Test(arguments: blanks)
    func whatIsBlankNeverMeansEverything(selection: String, field: String) async throws {
        let (desk, letter) = (Desk(), Sample.letter("one"))
        try await desk.keep(letter)
        let bodies = [
            ("discard", #"{"selection":\#(selection),"reason":"test"}"#),
            ("discard", #"{"selection":\#(selection),"dryRun":true}"#),
            ("restore", #"{"selection":\#(selection),"reason":"test"}"#),
            ("replays", #"{"selection":\#(selection),"reason":"test"}"#),
            ("migrate", #"{"selection":\#(selection),"mapping":[{"remove":"$.a"}],"reason":"test"}"#),
        ]
        for (path, body) in bodies {
            let answer = try await desk.send(.post, "/v1/dead/\(path)", body, token: token)
            #expect(answer.status == .badRequest, "\(path)")
            #expect(answer.text.contains(#""field":"\#(field)""#), "\(path): \(answer.text)")
        }
        let entry = try #require(try await desk.memory.show(letter.id, within: .all)).letter.entry
        #expect(entry.state == .kept && entry.revision == 0)
    }

    @Test(arguments: names)
    func blankQueriesAreRefusedToo(name: String) async throws {
        for path in ["letters", "export"] {
            let answer = try await Desk().send(.get, "/v1/dead/\(path)?\(name)=", token: token)
            #expect(answer.status == .badRequest && answer.text.contains(#""field":"\#(name)""#), "\(answer.text)")
        }
    }

    @Test func everythingIsMeantByItsWord() async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"), Sample.letter("two"))
        let body = #"{"selection":{"everything":true},"reason":"test"}"#
        #expect(try await desk.send(.post, "/v1/dead/discard", body, token: token).member("count") == "2")
    }
}
