internal import AMQP
internal import Orders

/// A staged event as a message to the exchange of events.
enum EventMessage {
    static func make(_ event: StagedEvent) -> OutgoingMessage {
        var headers = FieldTable()
        if let traceparent = event.traceparent { headers.append(HeaderName.traceparent, .text(traceparent)) }
        let type = ShortString(event.type) ?? .empty
        return OutgoingMessage(
            exchange: Topology.events,
            routingKey: type,
            properties: MessageProperties(
                contentType: "application/cloudevents+json",
                headers: headers,
                deliveryMode: 2,
                messageID: ShortString(event.id.description),
                type: type
            ),
            body: event.payload
        )
    }
}
