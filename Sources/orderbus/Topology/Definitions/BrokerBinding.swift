/// Which messages of an exchange go on to a queue or another exchange.
package struct BrokerBinding: Sendable, Hashable, Codable {
    package enum DestinationType: String, Sendable, Codable {
        case queue
        case exchange
    }

    package let source: String
    package var vhost: String
    package let destination: String
    package let destinationType: DestinationType
    package let routingKey: String
    package let arguments: [String: TopologyValue]

    package init(
        source: String,
        vhost: String = "/",
        destination: String,
        destinationType: DestinationType = .queue,
        routingKey: String = "",
        arguments: [String: TopologyValue] = [:]
    ) {
        self.source = source
        self.vhost = vhost
        self.destination = destination
        self.destinationType = destinationType
        self.routingKey = routingKey
        self.arguments = arguments
    }

    private enum CodingKeys: String, CodingKey {
        case source
        case vhost
        case destination
        case destinationType = "destination_type"
        case routingKey = "routing_key"
        case arguments
    }
}
