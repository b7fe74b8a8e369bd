import HTTPTypes
import OrderConsole
import OrderTestKit
import Orders
import Testing

@Suite struct LentAuthorityTests {
    /// The fixture's tokens have no end of their own, so that they are over at once.
    @Test func tokenThatHasEndedIsLentToNobody() async throws {
        let desk = Desk()
        try await desk.keep(Sample.letter("one"))
        let (id, token) = (ReplayJobID(bits: 9), "\(Sample.caller().tenant):replay")
        let order = #"{"id":"\#(id)","selection":{"filter":{}},"reason":"mended"}"#
        _ = try await desk.send(.post, "/v1/dead/replays", order, token: token)
        let job = try #require(try await desk.memory.job(id, within: .all))
        #expect(await desk.authority.authorization(for: job) == nil)
    }
}
