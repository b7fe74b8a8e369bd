/// A mandatory message that no queue took.
package struct ReturnedMessage: Sendable {
    package let replyCode: UInt16
    package let replyText: String
    package let exchange: ShortString
    package let routingKey: ShortString
    package let properties: MessageProperties
    package let bodyByteCount: UInt64
}
