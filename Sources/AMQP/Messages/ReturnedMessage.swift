/// A mandatory message that no queue took.
package final class ReturnedMessage: Sendable {
    package let replyCode: UInt16
    package let replyText: String
    package let exchange: ShortString
    package let routingKey: ShortString
    package let properties: MessageProperties
    package let bodyByteCount: UInt64

    init(
        replyCode: UInt16,
        replyText: String,
        exchange: ShortString,
        routingKey: ShortString,
        properties: MessageProperties,
        bodyByteCount: UInt64
    ) {
        self.replyCode = replyCode
        self.replyText = replyText
        self.exchange = exchange
        self.routingKey = routingKey
        self.properties = properties
        self.bodyByteCount = bodyByteCount
    }
}
