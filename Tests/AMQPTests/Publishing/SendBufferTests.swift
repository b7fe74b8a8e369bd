import Testing

@testable import AMQP

@Suite struct SendBufferTests {
    private func buffer(count: Int, bytes: Int) -> SendBuffer {
        var settings = PublisherSettings()
        settings.sendBufferLimit = count
        settings.sendBufferByteLimit = bytes
        return SendBuffer(settings)
    }

    private func message(_ byteCount: Int) -> OutgoingMessage {
        OutgoingMessage(routingKey: "test", body: [UInt8](repeating: 0, count: byteCount))
    }

    @Test func manySmallMessagesAreBoundedInNumber() {
        let buffer = buffer(count: 3, bytes: 1000)
        #expect(buffer.room(for: (0..<2).map { _ in message(1) }) == 2)
        #expect(buffer.room(for: (0..<9).map { _ in message(1) }) == 3)
    }

    @Test func fewLargeMessagesAreBoundedInBytes() {
        let buffer = buffer(count: 100, bytes: 1000)
        #expect(buffer.room(for: (0..<9).map { _ in message(400) }) == 3)
    }

    @Test func aMessageAboveTheWholeBoundGoesAlone() {
        var buffer = buffer(count: 100, bytes: 1000)
        #expect(buffer.room(for: [message(5000), message(1)]) == 1)
        buffer.add(message(5000))
        #expect(!buffer.hasRoom)
        #expect(buffer.room(for: [message(0)]) == 0)
    }

    @Test func whatWasWrittenMakesRoom() {
        var buffer = buffer(count: 2, bytes: 1000)
        buffer.add(message(600))
        buffer.add(message(600))
        #expect(!buffer.hasRoom)
        buffer.remove(message(600))
        #expect(buffer.hasRoom)
        #expect(buffer.room(for: [message(1), message(1)]) == 1)
        buffer.add(message(1))
        buffer.removeAll()
        #expect(buffer.count == 0)
        #expect(buffer.room(for: [message(1), message(1)]) == 2)
    }
}
