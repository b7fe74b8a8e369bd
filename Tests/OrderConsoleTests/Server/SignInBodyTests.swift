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

    @Test func stalledSignInsDoNotShutOutWhoeverIsKnown() async throws {
        let desk = Desk { $0.inFlightLimit = 4 }
        try await withThrowingTaskGroup { group in
            var stalled: [RequestBody.Source] = []
            for _ in 0..<4 {
                let (body, source) = RequestBody.makeStream()
                stalled.append(source)
                group.addTask { try await desk.answer(.post, "/session", json, body).status }
                await source.yield(ByteBuffer(string: "{"))
            }
            while desk.responder.inFlightCount < 4 { await Task.yield() }
            #expect(try await desk.send(.get, "/v1/dead/groups").status == .ok)
            for source in stalled { source.finish(RequestTimeout()) }
            for try await status in group { #expect(status == .requestTimeout) }
        }
        #expect(desk.responder.inFlightCount == 0)
    }

    @Test func oneAddressHoldsFewSignIns() async throws {
        let desk = Desk()
        try await withThrowingTaskGroup { group in
            var stalled: [RequestBody.Source] = []
            for _ in 0..<8 {
                let (body, source) = RequestBody.makeStream()
                stalled.append(source)
                group.addTask { try await desk.answer(.post, "/session", json, body).status }
            }
            while desk.responder.inFlightCount < 8 { await Task.yield() }
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
