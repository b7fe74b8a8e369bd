import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import OrderConsole
import OrderHTTP
import Testing

/// Bodies that anybody may send, known or not.
@Suite struct SignInBodyTests {
    private let json: HTTPFields = [.contentType: "application/json"]

    /// Begins sign-ins whose bodies do not go on.
    private func stall(
        _ count: Int,
        at desk: Desk,
        in group: inout ThrowingTaskGroup<HTTPResponse.Status, any Error>
    ) async -> [RequestBody.Source] {
        var sources: [RequestBody.Source] = []
        for _ in 0..<count {
            let (body, source) = RequestBody.makeStream()
            sources.append(source)
            group.addTask { try await desk.answer(.post, "/session", json, body).status }
            await source.yield(ByteBuffer(string: "{"))
        }
        while desk.responder.inFlightCount < count { await Task.yield() }
        return sources
    }

    @Test func stalledSignInsDoNotShutOutWhoeverIsKnown() async throws {
        let desk = Desk { $0.inFlightLimit = 4 }
        try await withThrowingTaskGroup { group in
            let stalled = await stall(4, at: desk, in: &group)
            #expect(try await desk.send(.get, "/v1/dead/groups").status == .ok)
            for source in stalled { source.finish(RequestTimeout()) }
            for try await status in group { #expect(status == .requestTimeout) }
        }
        #expect(desk.responder.inFlightCount == 0)
    }

    @Test func oneAddressHoldsFewSignIns() async throws {
        let desk = Desk()
        try await withThrowingTaskGroup { group in
            let stalled = await stall(8, at: desk, in: &group)
            let bad = #"{"token":"nonsense"}"#
            #expect(try await desk.send(.post, "/session", bad, token: nil).status == .serviceUnavailable)
            let other = try await desk.send(.post, "/session", bad, token: nil, from: "192.0.2.2")
            #expect(other.status == .unauthorized)
            for source in stalled { source.finish(RequestTimeout()) }
            try await group.waitForAll()
        }
        #expect(desk.responder.shedCount == 1)
    }

    @Test func signInIsNoLongerThanATokenNeeds() async throws {
        let text = #"{"token":"\#(String(repeating: "a", count: 16 << 10))"}"#
        #expect(try await Desk().send(.post, "/session", text, token: nil).status == .contentTooLarge)
        let announced: HTTPFields = [.contentType: "application/json", .contentLength: "8000000"]
        let (body, source) = RequestBody.makeStream()
        #expect(try await Desk().answer(.post, "/session", announced, body).status == .contentTooLarge)
        source.finish()
    }

    @Test func whatIsNoSignInCountsAsAFailure() async throws {
        let desk = Desk { $0.failureRate = RatePolicy(quota: 2, window: .seconds(3600)) }
        for _ in 0..<2 { #expect(try await desk.send(.post, "/session", "{", token: nil).status == .badRequest) }
        #expect(try await desk.send(.post, "/session", "{", token: nil).status == .tooManyRequests)
    }

    /// Else 200 stalled imports of nobody's would be read for a minute each.
    @Test(arguments: [
        "discard", "restore", "migrate", "import", "replays", "replays/rj_00000000000000000000000007/pause",
    ])
    func bodyOfWhoeverIsNotKnownIsNotRead(path: String) async throws {
        let (body, source) = RequestBody.makeStream()
        #expect(try await Desk().answer(.post, "/v1/dead/\(path)", json, body).status == .unauthorized)
        source.finish()
    }
}
