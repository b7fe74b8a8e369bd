internal import AMQP
internal import Orders

extension SuspectID {
    /// From what the producer wrote: the broker's own headers count on from delivery to delivery.
    init(of delivery: Delivery) {
        let headers = CommandHeaders(delivery.properties.headers)
        let parts = [
            delivery.routingKey.bytes,
            delivery.properties.messageID?.bytes,
            delivery.properties.correlationID?.bytes,
            headers.requestID.bytes,
            headers.authorization.bytes,
        ]
        self.init(parts: parts.map { $0.map(Array.init) ?? [] } + [delivery.body])
    }
}
