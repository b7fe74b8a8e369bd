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
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/", headers: headers)
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

    @Test(arguments: [(HTTPParserError.headerOverflow, 431), (.invalidMethod, 400)])
    func whatIsNoHTTPIsAnswered(_ error: HTTPParserError, _ status: Int) throws {
        channel.pipeline.fireErrorCaught(error)
        channel.embeddedEventLoop.run()
        let head = try sentHead()
        #expect(head?.status.code == UInt(status))
        #expect(head?.headers["connection"] == ["close"])
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
