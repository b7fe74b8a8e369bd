/// One thing that a broker has or is to have.
package enum TopologySubject: Sendable, Equatable {
    case vhost(String)
    case user(BrokerUser)
    case permission(BrokerPermission)
    case policy(BrokerPolicy)
    case exchange(BrokerExchange)
    case queue(BrokerQueue)
    case binding(BrokerBinding)

    /// What kind of thing it is.
    package var kind: String {
        switch self {
        case .vhost: "virtual host"
        case .user: "user"
        case .permission: "permission"
        case .policy: "policy"
        case .exchange: "exchange"
        case .queue: "queue"
        case .binding: "binding"
        }
    }

    /// What it is called.
    package var name: String {
        switch self {
        case .vhost(let name): name
        case .user(let user): user.name
        case .permission(let permission): permission.user
        case .policy(let policy): policy.name
        case .exchange(let exchange): exchange.name
        case .queue(let queue): queue.name
        case .binding(let binding) where binding.routingKey.isEmpty: "\(binding.source) → \(binding.destination)"
        case .binding(let binding): "\(binding.source) → \(binding.destination) (\(binding.routingKey))"
        }
    }
}
