/// A message that the broker delivered.
///
/// A class, so that handing it on costs one reference count.
package final class Delivery: Sendable {
    package let tag: DeliveryTag
    /// The message may have been delivered before.
    package let isRedelivered: Bool
    package let exchange: ShortString
    package let routingKey: ShortString
    package let properties: MessageProperties
    /// Empty if the body was longer than the limit of the connection.
    package let body: [UInt8]
    /// How long the body is, or would have been.
    package let bodyByteCount: UInt64
    package let receivedAt: ContinuousClock.Instant

    package init(
        tag: DeliveryTag,
        isRedelivered: Bool = false,
        exchange: ShortString = .empty,
        routingKey: ShortString,
        properties: MessageProperties,
        body: [UInt8],
        bodyByteCount: UInt64? = nil,
        receivedAt: ContinuousClock.Instant = .now
    ) {
        self.tag = tag
        self.isRedelivered = isRedelivered
        self.exchange = exchange
        self.routingKey = routingKey
        self.properties = properties
        self.body = body
        self.bodyByteCount = bodyByteCount ?? UInt64(body.count)
        self.receivedAt = receivedAt
    }

    /// The body was longer than the limit of the connection and was not kept.
    package var isTruncated: Bool { bodyByteCount != UInt64(body.count) }
}
