import Testing

@testable import AMQP

@Suite struct FrameAssemblerTests {
    private static let now = ContinuousClock.now

    private func start(_ number: UInt64 = 1) -> FrameAssembler.Start {
        .delivery(number: number, isRedelivered: true, exchange: "e", routingKey: "k")
    }

    private func body(_ assembler: inout FrameAssembler, _ bytes: [UInt8]) throws -> Inbound? {
        try bytes.withUnsafeBytes { try assembler.bodyReceived($0, at: Self.now) }
    }

    private func delivery(_ inbound: Inbound?) throws -> Delivery {
        guard case .delivery(let delivery) = inbound else { throw AMQPError(.notConnected, "no delivery") }
        return delivery
    }

    @Test(arguments: [1, 2, 3, 7, 100]) func aBodyMayComeInAnyPieces(size: Int) throws {
        var assembler = FrameAssembler(epoch: 4, bodyLimit: 1000)
        try assembler.started(start(9))
        let whole = (0..<20).map { UInt8($0) }
        #expect(try assembler.headerReceived(byteCount: 20, properties: .init(type: "t"), at: Self.now) == nil)
        var message: Inbound?
        for offset in stride(from: 0, to: 20, by: size) {
            #expect(message == nil)
            message = try body(&assembler, Array(whole[offset..<min(20, offset + size)]))
        }
        let delivery = try delivery(message)
        #expect(delivery.body == whole)
        #expect(delivery.tag == DeliveryTag(epoch: 4, number: 9))
        #expect(delivery.isRedelivered && !delivery.isTruncated)
        #expect(delivery.exchange == "e" as StaticString)
        #expect(delivery.routingKey == "k" as StaticString)
        #expect(delivery.properties.type == "t")
        #expect(assembler.isIdle)
    }

    @Test func aMessageWithoutABodyEndsWithItsHeader() throws {
        var assembler = FrameAssembler(epoch: 1, bodyLimit: 10)
        try assembler.started(start())
        let message = try assembler.headerReceived(byteCount: 0, properties: .init(), at: Self.now)
        #expect(try delivery(message).body.isEmpty)
    }

    @Test func aBodyOverTheLimitIsCountedAndNotKept() throws {
        var assembler = FrameAssembler(epoch: 1, bodyLimit: 10)
        try assembler.started(start())
        _ = try assembler.headerReceived(byteCount: 11, properties: .init(), at: Self.now)
        #expect(try body(&assembler, Array(repeating: 1, count: 10)) == nil)
        let delivery = try delivery(try body(&assembler, [1]))
        #expect(delivery.isTruncated)
        #expect(delivery.body.isEmpty)
        #expect(delivery.bodyByteCount == 11)
    }

    @Test func anAbsurdSizeAllocatesNothing() throws {
        var assembler = FrameAssembler(epoch: 1, bodyLimit: .max)
        try assembler.started(start())
        let small = FrameAssembler(epoch: 1, bodyLimit: -1)
        #expect(small.isIdle)
        assembler = FrameAssembler(epoch: 1, bodyLimit: 10)
        try assembler.started(start())
        #expect(try assembler.headerReceived(byteCount: .max, properties: .init(), at: Self.now) == nil)
        #expect(try body(&assembler, [1, 2, 3]) == nil)
    }

    @Test func aReturnedMessageCarriesItsReason() throws {
        var assembler = FrameAssembler(epoch: 1, bodyLimit: 10)
        try assembler.started(.returned(code: 312, text: "NO_ROUTE", exchange: "", routingKey: "gone"))
        _ = try assembler.headerReceived(byteCount: 3, properties: .init(messageID: "m"), at: Self.now)
        guard case .returned(let message) = try body(&assembler, [1, 2, 3]) else {
            Issue.record("no returned message")
            return
        }
        #expect(message.replyCode == 312)
        #expect(message.properties.messageID == "m")
        #expect(message.bodyByteCount == 3)
    }

    @Test func framesOutOfTurnAreViolations() throws {
        var assembler = FrameAssembler(epoch: 1, bodyLimit: 10)
        #expect(throws: AMQPError.self) { try body(&assembler, [1]) }
        #expect(throws: AMQPError.self) {
            try assembler.headerReceived(byteCount: 1, properties: .init(), at: Self.now)
        }
        #expect(throws: AMQPError.self) { try assembler.started(start(0)) }
        try assembler.started(start())
        #expect(throws: AMQPError.self) { try assembler.started(start(2)) }
        _ = try assembler.headerReceived(byteCount: 2, properties: .init(), at: Self.now)
        let error = #expect(throws: AMQPError.self) { try body(&assembler, [1, 2, 3]) }
        #expect(error?.code == .protocolViolation)
    }
}

extension Inbound? {
    fileprivate static func == (inbound: Inbound?, none: Never?) -> Bool {
        if case .none = inbound { true } else { false }
    }
}
