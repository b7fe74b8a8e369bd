/// The properties of a message, each absent or as it came; its headers are kept beside them.
///
/// Texts are bytes of at most 255, because AMQP asks for no encoding. Source: AMQP 0-9-1 §1.8.2 (basic).
package struct LetterProperties: Sendable, Hashable {
    package var contentType: [UInt8]?
    package var contentEncoding: [UInt8]?
    /// 1 is transient, 2 is persistent; other numbers can arrive.
    package var deliveryMode: UInt8?
    package var priority: UInt8?
    package var correlationID: [UInt8]?
    package var replyTo: [UInt8]?
    /// Milliseconds to live, as decimal digits.
    package var expiration: [UInt8]?
    package var messageID: [UInt8]?
    /// Seconds since 1970, as AMQP has it; not every sender keeps to it.
    package var timestamp: UInt64?
    package var type: [UInt8]?
    package var userID: [UInt8]?
    package var appID: [UInt8]?
    package var clusterID: [UInt8]?

    package init() {}
}
