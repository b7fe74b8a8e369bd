import HTTPTypes
import HummingbirdTesting
import OrderConsole
import OrderTestKit
import Orders
import Testing

@Suite struct LentAuthorityTests {
    private let id = ReplayJobID(bits: 9)

    private func token(_ tenant: String) -> String { "\(ScopedAuthenticator.untilTheYear2100)\(tenant):read,replay" }

    private func order(_ selection: String) -> String {
        #"{"id":"\#(id)","selection":\#(selection),"reason":"mended"}"#
    }

    /// Else an operator of another tenant could halt a replay whose id is known.
    @Test func replayKeepsItsTokenWhenAnotherTenantTriesItsId() async throws {
        let (desk, own) = (Desk(), token(Sample.caller().tenant))
        try await desk.keep(Sample.letter("one"))
        let made = try await desk.send(.post, "/v1/dead/replays", order(#"{"everything":true}"#), token: own)
        #expect(made.status == .created)
        let job = try #require(try await desk.memory.job(id, within: .all))
        #expect(await desk.authority.loan(for: job)?.authorization == "Bearer \(own)")
        let stranger = token("globex")
        let tries = [("", order(#"{"everything":true}"#)), ("/\(id)/resume", "{}"), ("/\(id)/cancel", "{}")]
        for (path, body) in tries {
            let answer = try await desk.send(.post, "/v1/dead/replays\(path)", body, token: stranger)
            #expect([.conflict, .notFound].contains(answer.status), "\(path)")
            #expect(await desk.authority.loan(for: job)?.authorization == "Bearer \(own)", "\(path)")
        }
        #expect(desk.refusals.map(\.action) == [.orderReplay, .resumeReplay, .cancelReplay])
        #expect(desk.refusals.allSatisfy { $0.actor.tenant == "globex" && $0.target == "\(id)" })
    }

    @Test func orderThatIsRefusedLendsNothing() async throws {
        let (desk, own) = (Desk(), token(Sample.caller().tenant))
        try await desk.keep(Sample.letter("one"))
        let first = order(#"{"everything":true}"#)
        _ = try await desk.send(.post, "/v1/dead/replays", first, token: "\(Sample.caller().tenant):replay")
        let job = try #require(try await desk.memory.job(id, within: .all))
        let other = order(#"{"filter":{"state":"kept"}}"#)
        #expect(try await desk.send(.post, "/v1/dead/replays", other, token: own).status == .conflict)
        #expect(await desk.authority.loan(for: job)?.authorization == nil)
        #expect(try await desk.send(.post, "/v1/dead/replays", first, token: own).status == .created)
        #expect(await desk.authority.loan(for: job)?.authorization == "Bearer \(own)")
    }

    /// Else what is sent with one operator's token stood in the audit under another's name.
    @Test func whoeverResumesLendsAndIsNamed() async throws {
        let (desk, tenant) = (Desk(), Sample.caller().tenant)
        let (ann, bob) = (token(tenant), token(tenant) + ":bob")
        try await desk.keep(Sample.letter("one"))
        let body = order(#"{"everything":true}"#)
        #expect(try await desk.send(.post, "/v1/dead/replays", body, token: ann).status == .created)
        let job = try #require(try await desk.memory.job(id, within: .all))
        #expect(try await desk.send(.post, "/v1/dead/replays", body, token: bob).status == .conflict)
        #expect(await desk.authority.loan(for: job)?.lender.subject == "ann")
        #expect(desk.refusals.map(\.actor.subject) == ["bob"])
        #expect(try await desk.send(.post, "/v1/dead/replays/\(id)/resume", "{}", token: bob).status == .ok)
        let loan = try #require(await desk.authority.loan(for: job))
        #expect(loan.authorization == "Bearer \(bob)" && loan.lender.subject == "bob")
    }

    /// The fixture's tokens have no end of their own, so that they are over at once.
    @Test func tokenThatHasEndedIsLentToNobody() async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"))
        let body = order(#"{"everything":true}"#)
        _ = try await desk.send(.post, "/v1/dead/replays", body, token: "\(Sample.caller().tenant):replay")
        let job = try #require(try await desk.memory.job(id, within: .all))
        #expect(await desk.authority.loan(for: job)?.authorization == nil)
    }
}
