import HTTPTypes
import HummingbirdTesting
import JSON
import NIOCore
import OrderTestKit
import Orders
import Testing

@Suite struct ReplayOrderTests {
    private let token = "\(Sample.caller().tenant):read,replay"
    private let id = ReplayJobID(bits: 7)

    private var order: String {
        #"{"id":"\#(id)","selection":{"everything":true},"reason":"mended","canary":[1,5,25]}"#
    }

    @Test func doubleClickIsOneJob() async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"), Sample.letter("two"))
        let first = try await desk.send(.post, "/v1/dead/replays", order, token: token)
        let second = try await desk.send(.post, "/v1/dead/replays", order, token: token)
        #expect(first.status == .created)
        #expect(first.member("counts", "total") == "2")
        #expect(second.member("id") == first.member("id"))
        let jobs = try await desk.memory.jobs(within: .all, after: nil, limit: 10)
        #expect(jobs.count == 1)
    }

    /// Else the operator who comes second is told of a replay that is finished, and takes it for a success.
    @Test func whoComesSecondIsToldThatNothingIsLeft() async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"))
        let first = try await desk.send(.post, "/v1/dead/replays", order, token: token)
        let other = order.replacing("\(id)", with: "\(ReplayJobID(bits: 8))")
        let second = try await desk.send(.post, "/v1/dead/replays", other, token: token)
        #expect(first.status == .created)
        #expect(second.status == .conflict)
        #expect(second.member("error", "message")?.contains("1 in another replay") == true, "\(second.text)")
        #expect(try await desk.memory.jobs(within: .all, after: nil, limit: 10).count == 1)
        #expect(desk.refusals.map(\.action) == [.orderReplay])
        #expect(desk.refusals.first?.target == "\(ReplayJobID(bits: 8))")
        #expect(try await desk.send(.post, "/v1/dead/replays", order, token: token).status == .created)
    }

    @Test(arguments: [
        (#""reason":"mended""#, #""reason":"other""#), ("[1,5,25]", "[1,5]"),
        (#"{"everything":true}"#, #"{"filter":{"state":"kept"}}"#),
    ])
    func sameIdWithOtherContentIsRefused(old: String, new: String) async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"))
        _ = try await desk.send(.post, "/v1/dead/replays", order, token: token)
        let other = try await desk.send(.post, "/v1/dead/replays", order.replacing(old, with: new), token: token)
        #expect(other.status == .conflict)
        #expect(desk.refusals.map(\.action) == [.orderReplay])
    }

    @Test func stepsAreAsTheyWereOrdered() async throws {
        let desk = Desk()
        for number in 0..<11 { try await desk.keep(Sample.letter("letter-\(number)")) }
        let odd = order.replacing("[1,5,25]", with: "[2,3,10]")
        #expect(try await desk.send(.post, "/v1/dead/replays", odd, token: token).member("steps") == "3")
        #expect(try await desk.memory.job(id, within: .all)?.ladder.sizes == [2, 3, 10])
    }

    @Test func whatIsOverIsNotResumed() async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"))
        _ = try await desk.send(.post, "/v1/dead/replays", order, token: token)
        #expect(try await desk.send(.post, "/v1/dead/replays/\(id)/cancel", "{}", token: token).status == .ok)
        let resumed = try await desk.send(.post, "/v1/dead/replays/\(id)/resume", "{}", token: token)
        #expect(resumed.status == .conflict && resumed.text.contains("cancelled"))
    }

    @Test func jobsOfOneMomentAreAllListed() async throws {
        let desk = Desk()
        for number in 0..<5 {
            let letter = Sample.letter("letter-\(number)")
            try await desk.keep(letter)
            let body = #"{"selection":{"ids":["\#(letter.id)"]},"reason":"mended"}"#
            #expect(try await desk.send(.post, "/v1/dead/replays", body, token: token).status == .created)
        }
        var (found, cursor) = (Set<String>(), "")
        for _ in 0..<5 {
            let page = try await desk.send(.get, "/v1/dead/replays?limit=1\(cursor)", token: token)
            let jobs = try JSONDocument(parsing: Array(page.body.readableBytesView)).root.member("replays")
            found.formUnion(jobs?.elements.compactMap { $0.member("id")?.asString } ?? [])
            cursor = "&cursor=\(page.member("nextCursor") ?? "")"
        }
        #expect(found.count == 5)
    }

    @Test func auditSaysWhatWasOrdered() async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"))
        let wanted = order.replacing(#"{"everything":true}"#, with: #"{"filter":{"code":"INTERNAL"}}"#)
        _ = try await desk.send(.post, "/v1/dead/replays", wanted, token: token)
        let details = desk.memory.auditRecords.last?.entry.details ?? []
        for detail in [AuditDetail("filter.code", "INTERNAL"), AuditDetail("steps", "1,5,25")] {
            #expect(details.contains(detail), "\(details)")
        }
    }

    @Test func dryRunChangesNothing() async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"))
        let body = #"{"selection":{"everything":true},"dryRun":true}"#
        let response = try await desk.send(.post, "/v1/dead/replays", body, token: token)
        #expect(response.status == .ok)
        #expect(response.member("count") == "1")
        #expect(try await desk.memory.jobs(within: .all, after: nil, limit: 10).isEmpty)
    }

    @Test func tokenIsNeitherStoredNorAudited() async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"))
        _ = try await desk.send(.post, "/v1/dead/replays", order, token: token)
        let job = try #require(try await desk.memory.job(id, within: .all))
        #expect(!"\(job) \(desk.memory.auditRecords)".contains("Bearer"))
    }

    @Test(arguments: [
        #"{"selection":{"everything":true}}"#,
        #"{"selection":{},"reason":"mended"}"#,
        #"{"selection":{"filter":{},"ids":[]},"reason":"mended"}"#,
        #"{"selection":{"filter":{"nonsense":"1"}},"reason":"mended"}"#,
        #"{"selection":{"everything":true},"reason":"mended","canary":[5,1]}"#,
        #"{"selection":{"everything":true},"reason":"mended","ratePerSecond":0}"#,
        #"{"selection":{"everything":true},"reason":"mended","surprise":1}"#,
        "[]", "nothing",
    ])
    func orderThatIsWrongIsRefused(_ body: String) async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"))
        #expect(
            try await desk.send(.post, "/v1/dead/replays", body, token: token).status == .badRequest
        )
        #expect(try await desk.memory.jobs(within: .all, after: nil, limit: 10).isEmpty)
    }

    @Test func databaseThatIsAwayIsOurOutage() async throws {
        let desk = Desk()
        desk.memory.goAway()
        let response = try await desk.send(.post, "/v1/dead/replays", order, token: token)
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers[.retryAfter] != nil)
    }
}
