/// A message to publish.
package struct OutgoingMessage: Sendable {
    /// Empty for the default exchange, which routes to the queue named by the routing key.
    package var exchange: ShortString
    package var routingKey: ShortString
    package var properties: MessageProperties
    package var body: [UInt8]
    /// The broker returns the message if no queue takes it, instead of dropping it silently.
    package var isMandatory: Bool

    package init(
        exchange: ShortString = .empty,
        routingKey: ShortString,
        properties: MessageProperties = MessageProperties(),
        body: [UInt8],
        isMandatory: Bool = true
    ) {
        self.exchange = exchange
        self.routingKey = routingKey
        self.properties = properties
        self.body = body
        self.isMandatory = isMandatory
    }
}
