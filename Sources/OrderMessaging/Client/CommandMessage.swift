internal import AMQP
internal import Orders

/// A command as a message to the exchange of commands.
enum CommandMessage {
    /// Makes the message; `nil` if a value does not fit where AMQP has room for 255 bytes.
    ///
    /// - Parameters:
    ///   - user: the connection's own, which the broker vouches for to whoever reads the message.
    ///   - sentAt: in seconds since 1970, from which the worker tells how long the command waited.
    static func make(
        _ request: BusRequest,
        user: ShortString?,
        replyTo: ShortString?,
        correlationID: ShortString?,
        sentAt: UInt64
    ) -> OutgoingMessage? {
        guard let name = ShortString(request.command.rawValue), let id = ShortString(request.requestID) else {
            return nil
        }
        var headers = FieldTable()
        headers.append(HeaderName.authorization, .text(request.authorization))
        headers.append(HeaderName.requestID, .text(request.requestID))
        if let key = request.idempotencyKey { headers.append(HeaderName.idempotencyKey, .text(key)) }
        if let traceparent = request.traceparent { headers.append(HeaderName.traceparent, .text(traceparent)) }
        if let tracestate = request.tracestate { headers.append(HeaderName.tracestate, .text(tracestate)) }
        var properties = MessageProperties(
            contentType: "application/json",
            headers: headers,
            deliveryMode: 2,
            correlationID: correlationID,
            replyTo: replyTo,
            messageID: id,
            type: name
        )
        properties.timestamp = sentAt
        properties.userID = user
        return OutgoingMessage(
            exchange: Topology.commands,
            routingKey: name,
            properties: properties,
            body: request.body
        )
    }
}
