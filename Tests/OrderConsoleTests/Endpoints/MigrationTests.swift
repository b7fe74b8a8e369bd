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
        let trial = #"{"selection":{"everything":true},"mapping":\#(mapping),"dryRun":true}"#
        let counted = try await desk.send(.post, path, trial, token: token)
        #expect(counted.member("count") == "1" && counted.member("refusedCount") == "1")
        #expect(try await desk.memory.show(letter.id, within: .all)?.revisions.isEmpty == true)
        #expect(counted.text.contains(#""after":"{"#) && !counted.text.contains("key-of-one"), "a shape, no values")
        let order = #"{"selection":{"everything":true},"mapping":\#(mapping),"reason":"new release"}"#
        #expect(try await desk.send(.post, path, order, token: token).member("count") == "1")
        #expect(try await desk.memory.show(letter.id, within: .all)?.revisions.count == 1)
    }

    @Test func thousandsTakeSeveralCalls() async throws {
        let (desk, count) = (Desk(), 1005)
        for number in 0..<count { try await desk.keep(Sample.letter("letter-\(number)")) }
        let order = #"{"selection":{"everything":true},"mapping":\#(mapping),"reason":"new release""#
        let first = try await desk.send(.post, "/v1/dead/migrate", order + "}", token: token)
        #expect(first.member("count") == "1000")
        let cursor = try #require(first.member("nextCursor"))
        let rest = try await desk.send(.post, "/v1/dead/migrate", order + #","cursor":"\#(cursor)"}"#, token: token)
        #expect(rest.member("count") == "\(count - 1000)" && rest.member("nextCursor") == "null")
    }

    @Test func namedLettersThatDoNotWaitAreCounted() async throws {
        let (desk, letter) = (Desk(), Sample.letter("one"))
        try await desk.keep(letter)
        let ids = #"["\#(letter.id)","dl_00000000000000000000000000"]"#
        let order = #"{"selection":{"ids":\#(ids)},"mapping":\#(mapping),"dryRun":true}"#
        let answer = try await desk.send(.post, "/v1/dead/migrate", order, token: token)
        #expect(answer.member("count") == "1" && answer.member("skipped") == "1")
    }

    @Test func cursorOfSomethingElseIsRefused() async throws {
        let order = #"{"selection":{"everything":true},"mapping":\#(mapping),"dryRun":true,"cursor":"17"}"#
        let answer = try await Desk().send(.post, "/v1/dead/migrate", order, token: token)
        #expect(answer.status == .badRequest && answer.text.contains("nextCursor"))
    }

    @Test func auditSaysWhatTheRevisionsWereMadeBy() async throws {
        let (desk, letter) = (Desk(), Sample.letter("one"))
        try await desk.keep(letter)
        let order = #"{"selection":{"everything":true},"mapping":\#(mapping),"reason":"new release"}"#
        _ = try await desk.send(.post, "/v1/dead/migrate", order, token: token)
        let entries = desk.memory.auditRecords.map(\.entry)
        #expect(entries.map(\.action) == [.migrate, .revise])
        #expect(entries.first?.details.contains(AuditDetail("mapping", mapping)) == true)
        #expect(entries.last?.target == letter.id.description && entries.last?.reason == "new release")
    }

    @Test func whatTheWorkerWouldRefuseIsNotMigrated() async throws {
        let desk = Desk()
        let letter = Sample.letter("one", body: "{}")
        try await desk.keep(letter)
        let order = #"{"selection":{"everything":true},"mapping":[{"remove":"$.a"}],"reason":"new release"}"#
        let answer = try await desk.send(.post, "/v1/dead/migrate", order, token: token)
        #expect(answer.member("count") == "0" && answer.member("refusedCount") == "1")
        #expect(try await desk.memory.show(letter.id, within: .all)?.revisions.isEmpty == true)
    }

    @Test(arguments: [
        "[]", "[{}]", #"[{"rename":["$.a"]}]"#, #"[{"remove":"$."}]"#, #"[{"drop":"$.a"}]"#, "1",
    ])
    func mappingThatIsWrongIsRefused(_ mapping: String) async throws {
        let order = #"{"selection":{"everything":true},"mapping":\#(mapping),"reason":"new release"}"#
        #expect(
            try await Desk().send(.post, "/v1/dead/migrate", order, token: token).status == .badRequest
        )
    }
}
