import HTTPTypes
import HummingbirdTesting
import OrderTestKit
import Orders
import Testing

@Suite struct MigrationTests {
    private let token = "\(Sample.caller().tenant):read,edit"
    private let mapping = #"[{"rename":["$.a","b"]},{"default":["$.c",[1]]},{"remove":"$.d"}]"#

    @Test func dryRunCountsAndTheRunRevises() async throws {
        let (desk, letter) = (Desk(), Sample.letter("one"))
        try await desk.keep(letter, Sample.letter("two", body: "no object"))
        let path = "/v1/dead/migrate"
        let trial = #"{"selection":{"filter":{}},"mapping":\#(mapping),"dryRun":true}"#
        let counted = try await desk.send(.post, path, trial, token: token)
        #expect(counted.member("count") == "1" && counted.member("refusedCount") == "1")
        #expect(try await desk.memory.show(letter.id, within: .all)?.revisions.isEmpty == true)
        let order = #"{"selection":{"filter":{}},"mapping":\#(mapping),"reason":"new release"}"#
        #expect(try await desk.send(.post, path, order, token: token).member("count") == "1")
        #expect(try await desk.memory.show(letter.id, within: .all)?.revisions.count == 1)
    }

    @Test(arguments: [
        "[]", "[{}]", #"[{"rename":["$.a"]}]"#, #"[{"remove":"$."}]"#, #"[{"drop":"$.a"}]"#, "1",
    ])
    func mappingThatIsWrongIsRefused(_ mapping: String) async throws {
        let order = #"{"selection":{"filter":{}},"mapping":\#(mapping),"reason":"new release"}"#
        #expect(
            try await Desk().send(.post, "/v1/dead/migrate", order, token: token).status == .badRequest
        )
    }
}
