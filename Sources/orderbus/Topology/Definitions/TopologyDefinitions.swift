/// Users, permissions, policies, exchanges, queues and bindings: what a broker is to have, or what one was found to have.
///
/// The form is that of RabbitMQ's own definitions files.
package struct TopologyDefinitions: Sendable, Equatable {
    package var vhosts: [String]
    package var users: [BrokerUser]
    package var permissions: [BrokerPermission]
    package var policies: [BrokerPolicy]
    package var exchanges: [BrokerExchange]
    package var queues: [BrokerQueue]
    package var bindings: [BrokerBinding]
    /// Found alone: operator policies are never ours.
    package var overruledQueues: [OverruledQueue] = []

    package init(
        vhosts: [String] = [],
        users: [BrokerUser] = [],
        permissions: [BrokerPermission] = [],
        policies: [BrokerPolicy] = [],
        exchanges: [BrokerExchange] = [],
        queues: [BrokerQueue] = [],
        bindings: [BrokerBinding] = []
    ) {
        self.vhosts = vhosts
        self.users = users
        self.permissions = permissions
        self.policies = policies
        self.exchanges = exchanges
        self.queues = queues
        self.bindings = bindings
    }

    /// The virtual hosts that anything lies in, listed or not: a file may count on what the broker has already.
    var inhabitedVhosts: Set<String> {
        Set(vhosts)
            .union(permissions.map(\.vhost)).union(policies.map(\.vhost)).union(exchanges.map(\.vhost))
            .union(queues.map(\.vhost)).union(bindings.map(\.vhost))
    }

    /// The same in another virtual host.
    package func moved(to vhost: String) -> TopologyDefinitions {
        var moved = self
        moved.vhosts = [vhost]
        for index in moved.permissions.indices { moved.permissions[index].vhost = vhost }
        for index in moved.policies.indices { moved.policies[index].vhost = vhost }
        for index in moved.exchanges.indices { moved.exchanges[index].vhost = vhost }
        for index in moved.queues.indices { moved.queues[index].vhost = vhost }
        for index in moved.bindings.indices { moved.bindings[index].vhost = vhost }
        return moved
    }
}
