/// Where messages wait.
package struct BrokerQueue: Sendable, Equatable, Codable {
    package let name: String
    package var vhost: String
    package let durable: Bool
    package let autoDelete: Bool
    /// Fixed when the queue is declared, the type `x-queue-type` among them.
    package let arguments: [String: TopologyValue]

    package init(name: String, vhost: String = "/", arguments: [String: TopologyValue] = [:]) {
        self.name = name
        self.vhost = vhost
        durable = true
        autoDelete = false
        self.arguments = arguments
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case vhost
        case durable
        case autoDelete = "auto_delete"
        case arguments
    }
}
