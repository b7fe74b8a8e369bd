extension ManagementClient {
    private struct Nothing: Encodable {}

    private struct PropertiesKey: Decodable {
        let routingKey: String
        let arguments: [String: TopologyValue]
        let propertiesKey: String

        private enum CodingKeys: String, CodingKey {
            case routingKey = "routing_key"
            case arguments
            case propertiesKey = "properties_key"
        }
    }

    /// Makes or changes one thing as the difference wants it.
    package func apply(_ subject: TopologySubject) async throws {
        switch subject {
        case .vhost(let name):
            try await put(["vhosts", name], body: Nothing())
        case .user(let user):
            try await put(["users", user.name], body: user)
        case .permission(let permission):
            try await put(["permissions", permission.vhost, permission.user], body: permission)
        case .policy(let policy):
            try await put(["policies", policy.vhost, policy.name], body: policy)
        case .exchange(let exchange):
            try await put(["exchanges", exchange.vhost, exchange.name], body: exchange)
        case .queue(let queue):
            try await put(["queues", queue.vhost, queue.name], body: queue)
        case .binding(let binding):
            try await post(Self.path(of: binding), body: binding)
        }
    }

    /// Removes a binding that nobody defined.
    package func remove(_ binding: BrokerBinding) async throws {
        let pair = Self.path(of: binding)
        // A binding has a key of the broker's making, which only the broker knows.
        let all = try await get(pair, as: [PropertiesKey].self) ?? []
        for one in all where one.routingKey == binding.routingKey && one.arguments == binding.arguments {
            try await delete(pair + [one.propertiesKey])
        }
    }

    /// All bindings between the two.
    private static func path(of binding: BrokerBinding) -> [String] {
        let type = binding.destinationType == .queue ? "q" : "e"
        return ["bindings", binding.vhost, "e", binding.source, type, binding.destination]
    }
}
