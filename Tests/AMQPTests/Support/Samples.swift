import AMQP
import OrderTestKit

extension MessageProperties {
    /// Any of the properties, each present or not, with any bytes in them.
    static func random(using generator: inout SeededGenerator) -> MessageProperties {
        func bytes(_ range: ClosedRange<Int>) -> ArraySlice<UInt8> {
            let count = Int.random(in: range, using: &generator)
            return ArraySlice((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
        func text() -> ShortString? {
            Bool.random(using: &generator) ? ShortString(bytes: bytes(0...255)) : nil
        }
        var properties = MessageProperties()
        properties.contentType = text()
        properties.contentEncoding = text()
        for _ in 0..<Int.random(in: 0...5, using: &generator) {
            let name = ShortString(bytes: bytes(0...20)) ?? .empty
            properties.headers.append(name, FieldTableTests.values.randomElement(using: &generator) ?? .void)
        }
        properties.deliveryMode = Bool.random(using: &generator) ? 2 : nil
        properties.priority = Bool.random(using: &generator) ? 200 : nil
        properties.correlationID = text()
        properties.replyTo = text()
        properties.expiration = text()
        properties.messageID = text()
        properties.timestamp = Bool.random(using: &generator) ? .max : nil
        properties.type = text()
        properties.userID = text()
        properties.appID = text()
        properties.clusterID = text()
        return properties
    }
}
