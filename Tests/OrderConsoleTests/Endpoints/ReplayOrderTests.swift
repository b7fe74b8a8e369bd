import HTTPTypes
import HummingbirdTesting
import OrderTestKit
import Orders
import Testing

@Suite struct ReplayOrderTests {
    private let token = "\(Sample.caller().tenant):read,replay"
    private let id = ReplayJobID(bits: 7)

    private var order: String {
        #"{"id":"\#(id)","selection":{"filter":{}},"reason":"mended","canary":[1,5,25]}"#
    }

    @Test func doubleClickIsOneJob() async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"), Sample.letter("two"))
        let first = try await desk.send(.post, "/v1/dead/replays", order, token: token)
        let second = try await desk.send(.post, "/v1/dead/replays", order, token: token)
        #expect(first.status == .created)
        #expect(first.member("counts", "total") == "2")
        #expect(second.member("id") == first.member("id"))
        let jobs = try await desk.memory.jobs(within: .all, before: nil, limit: 10)
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
        #expect(try await desk.send(.post, "/v1/dead/replays", order, token: token).status == .created)
    }

    @Test func dryRunChangesNothing() async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"))
        let body = #"{"selection":{"filter":{}},"dryRun":true}"#
        let response = try await desk.send(.post, "/v1/dead/replays", body, token: token)
        #expect(response.status == .ok)
        #expect(response.member("count") == "1")
        #expect(try await desk.memory.jobs(within: .all, before: nil, limit: 10).isEmpty)
    }

    @Test func tokenIsNeitherStoredNorAudited() async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"))
        _ = try await desk.send(.post, "/v1/dead/replays", order, token: token)
        let job = try #require(try await desk.memory.job(id, within: .all))
        #expect(!"\(job) \(desk.memory.auditRecords)".contains("Bearer"))
    }

    @Test(arguments: [
        #"{"selection":{"filter":{}}}"#,
        #"{"selection":{},"reason":"mended"}"#,
        #"{"selection":{"filter":{},"ids":[]},"reason":"mended"}"#,
        #"{"selection":{"filter":{"nonsense":"1"}},"reason":"mended"}"#,
        #"{"selection":{"filter":{}},"reason":"mended","canary":[5,1]}"#,
        #"{"selection":{"filter":{}},"reason":"mended","ratePerSecond":0}"#,
        #"{"selection":{"filter":{}},"reason":"mended","surprise":1}"#,
        "[]", "nothing",
    ])
    func orderThatIsWrongIsRefused(_ body: String) async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"))
        #expect(
            try await desk.send(.post, "/v1/dead/replays", body, token: token).status == .badRequest
        )
        #expect(try await desk.memory.jobs(within: .all, before: nil, limit: 10).isEmpty)
    }

    @Test func databaseThatIsAwayIsOurOutage() async throws {
        let desk = Desk()
        desk.memory.goAway()
        let response = try await desk.send(.post, "/v1/dead/replays", order, token: token)
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers[.retryAfter] != nil)
    }
}
