import HTTPTypes
import HummingbirdTesting
import OrderTestKit
import Orders
import Testing

@Suite struct GroupTests {
    private let token = "\(Sample.caller().tenant):read,edit"

    @Test func noteThatSaysNothingOfAHoldLeavesIt() async throws {
        let (desk, letter) = (Desk(), Sample.letter("one"))
        try await desk.keep(letter)
        let path = "/v1/dead/groups/\(letter.groupID)/note"
        _ = try await desk.send(.put, path, #"{"isOnHold":true,"owner":"bob"}"#, token: token)
        let group = try await desk.send(.put, path, #"{"text":"known","owner":null}"#, token: token)
        #expect(group.member("note", "isOnHold") == "true" && group.member("note", "text") == "known")
        #expect(group.member("note", "owner") == "null")
        #expect(try await desk.send(.put, path, "{}", token: token).status == .badRequest)
        #expect(desk.memory.auditRecords.first?.entry.details.contains(AuditDetail("on-hold", "true")) == true)
    }

    @Test func noteOnAnotherTenantsGroupIsInTheAudit() async throws {
        let (desk, letter) = (Desk(), Sample.letter("one"))
        try await desk.keep(letter)
        let path = "/v1/dead/groups/\(letter.groupID)/note"
        #expect(try await desk.send(.put, path, #"{"isOnHold":true}"#, token: "globex:edit").status == .notFound)
        let entry = try #require(desk.refusals.last)
        #expect(entry.action == .annotate && entry.target == letter.groupID.description && entry.tenant == nil)
        #expect(entry.details.contains(AuditDetail("on-hold", "true")))
    }

    /// Else whoever has drained the own tenant's letters takes all for done.
    @Test func lettersOfNoTenantAreCountedForWhoDoesNotSeeThem() async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"), Sample.letter("two", caller: nil))
        #expect(try await desk.send(.get, "/v1/dead/groups", token: token).member("unseen") == "1")
        let all = try await desk.send(.get, "/v1/dead/groups", token: "platform:read")
        #expect(all.member("unseen") == "0" && all.text.contains(#""tenant":null"#))
    }

    @Test func linesOfAnImportAreCountedAsInItsFile() async throws {
        let answer = try await Desk().send(
            .post,
            "/v1/dead/import",
            "\n\n{}\n",
            token: token,
            [.contentType: "application/x-ndjson"]
        )
        #expect(answer.text.contains(#""line":3"#), "\(answer.text)")
    }
}
