import HTTPTypes
import HummingbirdTesting
import OrderTestKit
import Orders
import Testing

@Suite struct ScopeTests {
    struct Verb: Sendable, CustomTestStringConvertible {
        let method: HTTPRequest.Method
        let path: String
        let scopes: String
        var testDescription: String { "\(method) \(path)" }

        init(_ method: HTTPRequest.Method, _ path: String, without scopes: String) {
            self.method = method
            self.path = path
            self.scopes = scopes
        }
    }

    static let letter = Sample.letter("one")
    static let verbs = [
        Verb(.get, "statistics", without: "replay,edit,discard"),
        Verb(.get, "groups", without: "replay,edit,discard"),
        Verb(.get, "groups/\(letter.groupID)", without: "replay,edit,discard"),
        Verb(.get, "letters", without: "replay,edit,discard"),
        Verb(.get, "letters/\(letter.id)", without: "replay,edit,discard"),
        Verb(.post, "letters/\(letter.id)/reveal", without: "replay,edit,discard"),
        Verb(.get, "export", without: "replay,edit,discard"),
        Verb(.get, "replays", without: "replay,edit,discard"),
        Verb(.put, "groups/\(letter.groupID)/note", without: "read,replay,discard"),
        Verb(.post, "letters/\(letter.id)/revisions", without: "read,replay,discard"),
        Verb(.post, "import", without: "read,replay,discard"),
        Verb(.post, "migrate", without: "read,replay,discard"),
        Verb(.post, "replays", without: "read,edit,discard"),
        Verb(.post, "replays/\(ReplayJobID(bits: 1))/pause", without: "read,edit,discard"),
        Verb(.post, "replays/\(ReplayJobID(bits: 1))/resume", without: "read,edit,discard"),
        Verb(.post, "replays/\(ReplayJobID(bits: 1))/cancel", without: "read,edit,discard"),
        Verb(.post, "discard", without: "read,replay,edit"),
        Verb(.post, "restore", without: "read,replay,edit"),
    ]

    @Test(arguments: verbs)
    func verbWithoutItsScopeIsRefusedAndInTheAudit(_ verb: Verb) async throws {
        let desk = Desk()
        try await desk.keep(Self.letter)
        let body = verb.method == .get ? nil : "{}"
        let response = try await desk.send(
            verb.method,
            "/v1/dead/\(verb.path)",
            body,
            token: "acme:\(verb.scopes)"
        )
        #expect(response.status == .forbidden)
        #expect(response.member("error", "code") == "INSUFFICIENT_SCOPE")
        #expect(desk.refusals.map(\.actor.clientID) == ["ops"])
    }

    @Test(arguments: [nil, "no token"])
    func nobodyIsToldToSignIn(_ token: String?) async throws {
        let response = try await Desk().send(.get, "/v1/dead/groups", token: token)
        #expect(response.status == .unauthorized)
        #expect(response.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
    }

    @Test(arguments: ["letters/\(letter.id)", "groups/\(letter.groupID)"])
    func letterOfAnotherTenantDoesNotExist(_ path: String) async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one", caller: Sample.caller()))
        let own = "\(Sample.caller().tenant):read"
        #expect(try await desk.send(.get, "/v1/dead/\(path)", token: own).status == .ok)
        #expect(
            try await desk.send(.get, "/v1/dead/\(path)", token: "stranger:read").status == .notFound
        )
        #expect(try await desk.send(.get, "/v1/dead/\(path)", token: "platform:read").status == .ok)
    }
}
