/// Puts method, header and body frames together to a message.
///
/// Pure: bytes in, messages out.
struct FrameAssembler {
    /// The method that a message begins with.
    enum Start {
        case delivery(number: UInt64, isRedelivered: Bool, exchange: ShortString, routingKey: ShortString)
        case returned(code: UInt16, text: String, exchange: ShortString, routingKey: ShortString)
    }

    /// A class, because the properties are large and the state changes hands with every frame.
    private final class Message {
        let start: Start
        let properties: MessageProperties
        let byteCount: UInt64
        let keepsBody: Bool
        var received: UInt64 = 0
        /// Stays empty if the body is over the limit, or not wanted.
        var body: [UInt8] = []

        init(start: Start, properties: MessageProperties, byteCount: UInt64, keepsBody: Bool) {
            self.start = start
            self.properties = properties
            self.byteCount = byteCount
            self.keepsBody = keepsBody
        }
    }

    private enum State {
        /// Can transition to: - `started` with a method that carries content.
        case idle
        /// Can transition to: - `filling` with a header, - `idle` with a header that announces no body.
        case started(Start)
        /// Can transition to: - `idle` with the last byte of the body.
        case filling(Message)
    }

    let epoch: UInt64
    let bodyLimit: Int
    private var state = State.idle

    init(epoch: UInt64, bodyLimit: Int) {
        self.epoch = epoch
        self.bodyLimit = bodyLimit
    }

    /// No message is under way, so that a method may come.
    var isIdle: Bool {
        if case .idle = state { true } else { false }
    }

    mutating func started(_ start: Start) throws(AMQPError) {
        guard isIdle else { throw Self.violation("a message begins within another") }
        if case .delivery(number: 0, _, _, _) = start { throw Self.violation("a delivery has the tag 0") }
        state = .started(start)
    }

    /// - Returns: the message, if it has no body.
    mutating func headerReceived(
        byteCount: UInt64,
        properties: MessageProperties,
        at now: ContinuousClock.Instant
    ) throws(AMQPError) -> Inbound? {
        guard case .started(let start) = state else { throw Self.violation("a content header without its method") }
        // A returned message's body is what we sent: nobody needs it again.
        let isDelivery = if case .delivery = start { true } else { false }
        let keepsBody = isDelivery && byteCount <= UInt64(max(0, bodyLimit))
        let message = Message(start: start, properties: properties, byteCount: byteCount, keepsBody: keepsBody)
        if byteCount == 0 { return finish(message, at: now) }
        if keepsBody { message.body.reserveCapacity(Int(truncatingIfNeeded: byteCount)) }
        state = .filling(message)
        return nil
    }

    /// - Returns: the message, if these are its last bytes.
    mutating func bodyReceived(
        _ bytes: UnsafeRawBufferPointer,
        at now: ContinuousClock.Instant
    ) throws(AMQPError) -> Inbound? {
        guard case .filling(let message) = state else { throw Self.violation("a body without its header") }
        let (received, overflow) = message.received.addingReportingOverflow(UInt64(bytes.count))
        guard !overflow, received <= message.byteCount else { throw Self.violation("a body longer than announced") }
        message.received = received
        if message.keepsBody { message.body.append(contentsOf: bytes) }
        return received == message.byteCount ? finish(message, at: now) : nil
    }

    private mutating func finish(_ message: Message, at now: ContinuousClock.Instant) -> Inbound? {
        state = .idle
        switch message.start {
        case .delivery(let number, let isRedelivered, let exchange, let routingKey):
            guard let tag = DeliveryTag(epoch: epoch, number: number) else { return nil }
            return .delivery(
                Delivery(
                    tag: tag,
                    isRedelivered: isRedelivered,
                    exchange: exchange,
                    routingKey: routingKey,
                    properties: message.properties,
                    body: message.body,
                    bodyByteCount: message.byteCount,
                    receivedAt: now
                )
            )
        case .returned(let code, let text, let exchange, let routingKey):
            return .returned(
                ReturnedMessage(
                    replyCode: code,
                    replyText: text,
                    exchange: exchange,
                    routingKey: routingKey,
                    properties: message.properties,
                    bodyByteCount: message.byteCount
                )
            )
        }
    }

    private static func violation(_ what: String) -> AMQPError {
        AMQPError(.protocolViolation, "the broker sent \(what)")
    }
}
