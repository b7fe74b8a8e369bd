import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import OrderHTTP

@Suite struct ConnectionGuardTests {
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel(handler: ConnectionGuard(limits: ConnectionLimits()))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    private func receive(_ headers: HTTPHeaders = [:], isComplete: Bool = true) throws {
        try receiveExactly(HTTPHeaders([("Host", "h")] + headers.map { ($0.name, $0.value) }), isComplete: isComplete)
    }

    private func receiveExactly(
        _ headers: HTTPHeaders,
        version: HTTPVersion = .http1_1,
        isComplete: Bool = true
    ) throws {
        let head = HTTPRequestHead(version: version, method: .GET, uri: "/", headers: headers)
        try channel.writeInbound(HTTPServerRequestPart.head(head))
        if isComplete { try channel.writeInbound(HTTPServerRequestPart.end(nil)) }
    }

    private func answer(_ headers: HTTPHeaders = [:]) throws {
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)
        try channel.writeOutbound(HTTPServerResponsePart.head(head))
        try channel.writeOutbound(HTTPServerResponsePart.end(nil))
        channel.embeddedEventLoop.run()
    }

    private func sentHead() throws -> HTTPResponseHead? {
        while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
            if case .head(let head) = part { return head }
        }
        return nil
    }

    @Test func connectionStaysOpenBetweenRequests() throws {
        for _ in 0..<2 {
            try receive()
            try answer()
            #expect(try sentHead()?.headers["connection"] == [])
        }
        #expect(channel.isActive)
    }

    @Test func callerThatAsksForTheEndGetsIt() throws {
        try receive(["Connection": "close"])
        try answer()
        #expect(try sentHead()?.headers["connection"] == ["close"])
        #expect(!channel.isActive)
    }

    @Test func answerCanEndTheConnection() throws {
        try receive()
        try answer(["Connection": "close"])
        #expect(!channel.isActive)
    }

    @Test func shutdownWaitsForTheAnswer() throws {
        try receive()
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(channel.isActive)
        try answer()
        #expect(try sentHead()?.headers["connection"] == ["close"])
        #expect(!channel.isActive)
    }

    @Test func shutdownEndsAnIdleConnection() {
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(!channel.isActive)
    }

    @Test(arguments: [(HTTPParserError.headerOverflow, 431), (.invalidMethod, 501), (.invalidVersion, 400)])
    func whatIsNoHTTPIsAnswered(_ error: HTTPParserError, _ status: Int) throws {
        channel.pipeline.fireErrorCaught(error)
        channel.embeddedEventLoop.run()
        let head = try sentHead()
        #expect(head?.status.code == UInt(status))
        #expect(head?.headers["connection"] == ["close"])
    }

    private func forwardedParts() throws -> [HTTPServerRequestPart] {
        var parts: [HTTPServerRequestPart] = []
        while let part = try channel.readInbound(as: HTTPServerRequestPart.self) { parts.append(part) }
        return parts
    }

    /// RFC 9112 §3.2: one that is missing or doubled is how requests are smuggled past those who route by it.
    @Test(arguments: [
        [], ["a", "b"], [""], ["a b"], ["user@h"], ["h/p"], ["h:80:80"], ["h:port"], ["[::1"], [":80"],
    ])
    func requestWithoutOneHostIsRefused(hosts: [String]) throws {
        try receiveExactly(HTTPHeaders(hosts.map { ("Host", $0) }))
        channel.embeddedEventLoop.run()
        #expect(try sentHead()?.status == .badRequest)
        #expect(try forwardedParts().isEmpty)
    }

    @Test(arguments: ["h", "h.example:3000", "127.0.0.1", "[::1]:3000", "h:", "xn--bcher-kva.example"])
    func requestWithOneHostIsTaken(host: String) throws {
        try receiveExactly(["Host": host])
        #expect(try forwardedParts().count == 2)
    }

    @Test func olderCallersNeedNoHost() throws {
        try receiveExactly([:], version: .http1_0)
        #expect(try forwardedParts().count == 2)
    }

    @Test func refusedHeadBehindAnotherRequestLeavesThatItsAnswer() throws {
        try receive()
        _ = try forwardedParts()
        #expect(throws: MalformedRequest.self) { try receiveExactly([:]) }
        #expect(try forwardedParts().isEmpty)
        try answer()
        #expect(try sentHead()?.headers["connection"] == ["close"])
    }

    @Test func onlyOneTransferCodingIsUnderstood() throws {
        try receive(["Transfer-Encoding": "gzip, chunked"])
        channel.embeddedEventLoop.run()
        #expect(try sentHead()?.status == .notImplemented)
        #expect(try forwardedParts().isEmpty)
    }

    @Test func requestsBehindTheLastAreDropped() throws {
        try receive(["Connection": "close"])
        try receive()
        var heads = 0
        while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
            if case .head = part { heads += 1 }
        }
        #expect(heads == 1)
    }

    @Test func leaveToSendIsGiven() throws {
        try receive(["Expect": "100-continue", "Content-Length": "2"], isComplete: false)
        channel.triggerUserOutboundEvent(ContinueEvent(), promise: nil)
        #expect(try sentHead()?.status == .continue)
        try answer()
        #expect(try sentHead()?.status == .ok)
    }
}
