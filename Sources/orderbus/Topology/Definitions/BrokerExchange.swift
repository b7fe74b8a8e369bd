/// Where messages are published to.
package struct BrokerExchange: Sendable, Equatable, Codable {
    package let name: String
    package var vhost: String
    /// `topic`, `fanout`, `direct`, `headers`.
    package let type: String
    package let durable: Bool
    package let autoDelete: Bool
    package let isInternal: Bool
    package let arguments: [String: TopologyValue]

    package init(name: String, vhost: String = "/", type: String, arguments: [String: TopologyValue] = [:]) {
        self.name = name
        self.vhost = vhost
        self.type = type
        durable = true
        autoDelete = false
        isInternal = false
        self.arguments = arguments
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case vhost
        case type
        case durable
        case autoDelete = "auto_delete"
        case isInternal = "internal"
        case arguments
    }
}
