/// The properties of a message: AMQP's fourteen, each absent or as it came.
///
/// Source: AMQP 0-9-1 §1.8.2 (basic); `amqp_framing.h`, `amqp_basic_properties_t`.
package struct MessageProperties: Sendable, Hashable {
    package var contentType: ShortString?
    package var contentEncoding: ShortString?
    /// Empty if the sender set none; an empty table is not sent.
    package var headers: FieldTable
    /// 1 is transient, 2 is persistent; other numbers can arrive.
    package var deliveryMode: UInt8?
    package var priority: UInt8?
    package var correlationID: ShortString?
    package var replyTo: ShortString?
    /// Milliseconds to live, as decimal digits.
    package var expiration: ShortString?
    package var messageID: ShortString?
    /// Seconds since 1970, as AMQP has it; not every sender keeps to it.
    package var timestamp: UInt64?
    package var type: ShortString?
    package var userID: ShortString?
    package var appID: ShortString?
    package var clusterID: ShortString?

    package init(
        contentType: ShortString? = nil,
        headers: FieldTable = FieldTable(),
        deliveryMode: UInt8? = nil,
        correlationID: ShortString? = nil,
        replyTo: ShortString? = nil,
        messageID: ShortString? = nil,
        type: ShortString? = nil
    ) {
        self.contentType = contentType
        self.headers = headers
        self.deliveryMode = deliveryMode
        self.correlationID = correlationID
        self.replyTo = replyTo
        self.messageID = messageID
        self.type = type
    }
}
