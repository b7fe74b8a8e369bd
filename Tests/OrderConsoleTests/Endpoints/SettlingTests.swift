import HTTPTypes
import HummingbirdTesting
import OrderTestKit
import Orders
import Testing

@Suite struct SettlingTests {
    private let token = "\(Sample.caller().tenant):read,discard"

    private func settle(_ desk: Desk, _ verb: String, _ selection: String) async throws -> TestResponse {
        let body = #"{"selection":\#(selection),"reason":"\#(verb) it"}"#
        return try await desk.send(.post, "/v1/dead/\(verb)", body, token: token)
    }

    @Test func letterTellsWhoPutItAsideAndWhoTookItBack() async throws {
        let (desk, letter) = (Desk(), Sample.letter("one"))
        try await desk.keep(letter)
        _ = try await settle(desk, "discard", #"{"filter":{"code":"INTERNAL"}}"#)
        _ = try await settle(desk, "restore", #"{"ids":["\#(letter.id)"]}"#)
        let page = try await desk.send(.get, "/v1/dead/letters/\(letter.id)", token: token)
        let timeline = try #require(page.member("timeline"))
        for event in [
            #""what":"discarded","text":"by ann (ops): discard it""#,
            #""what":"restored","text":"by ann (ops): restore it""#,
        ] {
            #expect(timeline.contains(event), "\(timeline)")
        }
    }

    @Test func auditSaysWhichLettersWereMeant() async throws {
        let (desk, letter) = (Desk(), Sample.letter("one"))
        try await desk.keep(letter)
        let long = String(repeating: "x", count: 3000)
        for selection in [
            #"{"filter":{"before":"2100-01-01T00:00:00Z","code":"INTERNAL"}}"#, #"{"group":"\#(letter.groupID)"}"#,
            #"{"everything":true}"#, #"{"filter":{"code":"\#(long)"}}"#,
        ] {
            _ = try await settle(desk, "discard", selection)
        }
        let details = desk.memory.auditRecords.map { record in
            record.entry.details.filter { !["changed", "skipped"].contains($0.name) }
        }
        #expect(
            details.first == [
                AuditDetail("selection", "filter"), AuditDetail("filter.code", "INTERNAL"),
                AuditDetail("filter.before", "2100-01-01T00:00:00.000Z"),
            ]
        )
        #expect(details[1].contains(AuditDetail("filter.group", "\(letter.groupID)")))
        #expect(details[2] == [AuditDetail("selection", "everything")])
        #expect(details[3].allSatisfy { $0.value.count < 600 }, "it is bounded")
    }

    @Test func auditOfAnExportSaysItsFilter() async throws {
        let desk = Desk()
        _ = try await desk.send(.get, "/v1/dead/export?text=price", token: token)
        let entry = try #require(desk.memory.auditRecords.last?.entry)
        #expect(entry.action == .exportLetters && entry.details.contains(AuditDetail("filter.text", "price")))
    }

    @Test func exportWithoutABodyGivesNothingOutAndIsNotInTheAudit() async throws {
        let desk = Desk()
        let answer = try await desk.send(.head, "/v1/dead/export", token: token)
        #expect(answer.status == .ok)
        #expect(desk.memory.auditRecords.isEmpty)
    }

    @Test func namedLettersThatCannotBeChangedAreCounted() async throws {
        let (desk, own) = (Desk(), Sample.letter("one"))
        let other = Sample.letter("two", caller: Sample.caller(tenant: "umbrella"))
        try await desk.keep(own, other)
        let ids = #"{"ids":["\#(own.id)","\#(other.id)","dl_00000000000000000000000000"]}"#
        let answer = try await settle(desk, "discard", ids)
        #expect(answer.member("count") == "1" && answer.member("skipped") == "2")
    }
}
