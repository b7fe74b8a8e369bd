import HTTPTypes
import HummingbirdTesting
import OrderTestKit
import Orders
import Testing

@Suite struct LetterTests {
    private let token = "\(Sample.caller().tenant):read,edit,discard"

    @Test(arguments: [
        "<script>alert(1)</script>", "a \u{202E} b", "nul \u{0} nul", #"{"a":"</script>"}"#,
    ])
    func hostileBodyComesBackAsText(_ body: String) async throws {
        let (desk, letter) = (Desk(), Sample.letter("one", body: body))
        try await desk.keep(letter)
        let path = "/v1/dead/letters/\(letter.id)"
        let page = try await desk.send(.get, path, token: token)
        #expect(page.member("body") == "null")
        #expect(page.headers[.xContentTypeOptions] == "nosniff")
        let revealed = try await desk.send(
            .post,
            "\(path)/reveal",
            #"{"reason":"to see it"}"#,
            token: token
        )
        #expect(revealed.headers[.contentType] == "application/json")
        #expect(revealed.member("body") == body)
    }

    @Test func maskedBodyShowsNamesAndNoValues() async throws {
        let (desk, letter) = (
            Desk(), Sample.letter("one", body: #"{"name":"secret","items":[{"price":12345}]}"#)
        )
        try await desk.keep(letter)
        let page = try await desk.send(.get, "/v1/dead/letters/\(letter.id)", token: token)
        let shape = try #require(page.member("bodyMasked"))
        #expect(shape.contains("\"price\": number"))
        #expect(!shape.contains("secret") && !shape.contains("12345"))
    }

    @Test func revealIsInTheAuditOrDoesNotHappen() async throws {
        let (desk, letter) = (Desk(), Sample.letter("one"))
        try await desk.keep(letter)
        let path = "/v1/dead/letters/\(letter.id)/reveal"
        _ = try await desk.send(.post, path, #"{"reason":"to see it"}"#, token: token)
        let entry = try #require(desk.memory.auditRecords.last?.entry)
        #expect(
            entry.action == .reveal && entry.reason == "to see it"
                && entry.target == letter.id.description
        )
        #expect(try await desk.send(.post, path, "{}", token: token).status == .badRequest)
    }

    @Test func revisionByTheWorkersRulesIsMadeOnce() async throws {
        let (desk, letter) = (Desk(), Sample.letter("one"))
        try await desk.keep(letter)
        let path = "/v1/dead/letters/\(letter.id)/revisions"
        let refused = #"{"basedOn":0,"body":"{}","reason":"mended"}"#
        #expect(try await desk.send(.post, path, refused, token: token).status == .unprocessableContent)
        let good = #"{"basedOn":0,"body":"{\"a\":1}","reason":"mended"}"#
        #expect(try await desk.send(.post, path, good, token: token).status == .created)
        #expect(try await desk.send(.post, path, good, token: token).status == .conflict)
    }

    @Test func revisionCannotSpeakForAnotherTenant() async throws {
        let (desk, letter) = (Desk(), Sample.letter("one"))
        try await desk.keep(letter)
        let body = #"{"basedOn":0,"caller":{"tenant":"victim","clientId":"x"},"reason":"mended"}"#
        let response = try await desk.send(
            .post,
            "/v1/dead/letters/\(letter.id)/revisions",
            body,
            token: token
        )
        #expect(response.status == .badRequest)
    }

    @Test(arguments: [#""orders:write orders:read""#, #"["orders:write",1]"#, #"{"a":"orders:write"}"#])
    func scopesThatAreNoListAreRefused(scopes: String) async throws {
        let (desk, letter) = (Desk(), Sample.letter("one"))
        try await desk.keep(letter)
        let caller = #"{"tenant":"\#(Sample.caller().tenant)","clientId":"x","scopes":\#(scopes)}"#
        let body = #"{"basedOn":0,"caller":\#(caller),"reason":"mended"}"#
        let answer = try await desk.send(.post, "/v1/dead/letters/\(letter.id)/revisions", body, token: token)
        #expect(answer.status == .badRequest && answer.text.contains("scopes"), "\(answer.text)")
    }

    @Test func refusedActsAreInTheAudit() async throws {
        let (desk, letter) = (Desk(), Sample.letter("one"))
        try await desk.keep(letter)
        let path = "/v1/dead/letters/\(letter.id)"
        let stranger = "globex:read,edit"
        _ = try await desk.send(.get, path, token: stranger)
        _ = try await desk.send(.post, "\(path)/reveal", #"{"reason":"to see it"}"#, token: stranger)
        let bodies = [
            (stranger, #"{"basedOn":0,"body":"[]","reason":"mended"}"#),
            (token, #"{"basedOn":0,"caller":{"tenant":"victim","clientId":"x"},"reason":"mended"}"#),
            (token, #"{"basedOn":0,"body":"{}","reason":"mended"}"#),
            (token, #"{"basedOn":7,"body":"[]","reason":"mended"}"#),
        ]
        for (token, body) in bodies { _ = try await desk.send(.post, "\(path)/revisions", body, token: token) }
        #expect(desk.refusals.map(\.action) == [.show, .reveal, .revise, .revise, .revise, .revise])
        #expect(desk.refusals.allSatisfy { $0.target == letter.id.description })
        #expect(desk.refusals.dropFirst().allSatisfy { ["to see it", "mended"].contains($0.reason) })
        let reasons = desk.refusals.map { $0.details.last?.value ?? "" }
        let words = ["No such", "No such", "No such", "tenant", "nothing", "revision 0"]
        #expect(zip(reasons, words).allSatisfy { $0.contains($1) }, "\(reasons)")
    }

    @Test func pagesFollowOneAnother() async throws {
        let desk = Desk()
        for number in 0..<3 { try await desk.keep(Sample.letter("\(number)")) }
        let first = try await desk.send(.get, "/v1/dead/letters?limit=2", token: token)
        let cursor = try #require(first.member("nextCursor"))
        let second = try await desk.send(
            .get,
            "/v1/dead/letters?limit=2&cursor=\(cursor)",
            token: token
        )
        #expect(second.member("nextCursor") == "null")
        #expect(second.text.contains("dl_"))
    }

    @Test(arguments: [
        ("from=yesterday", "2026-11-20T12:00:00Z"), ("cursor=zz", "nextCursor"), ("path=a..b", "items[0].sku"),
        ("order=7", "ord_"), ("state=odd", "kept, replaying"),
    ])
    func valueThatIsWrongIsToldItsForm(query: String, form: String) async throws {
        let answer = try await Desk().send(.get, "/v1/dead/letters?\(query)", token: token)
        #expect(answer.status == .badRequest && answer.text.contains(form), "\(answer.text)")
    }

    @Test(arguments: [
        "?x=1", "?limit=0", "?limit=1&limit=2", "?from=today", "?state=odd", "?cursor=zz", "?value=1",
    ])
    func queryThatIsWrongIsRefused(_ query: String) async throws {
        #expect(
            try await Desk().send(.get, "/v1/dead/letters\(query)", token: token).status == .badRequest
        )
    }
}
