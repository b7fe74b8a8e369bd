extension ManagementClient {
    private struct Named: Decodable {
        let name: String
    }

    /// Read first: to a server that is something else, everything would be missing.
    private struct Overview: Decodable {
        let version: String

        private enum CodingKeys: String, CodingKey {
            case version = "rabbitmq_version"
        }
    }

    /// Reads what the broker has of what is wanted, and beside it all policies and all bindings to our queues.
    ///
    /// Each thing is asked for by name: a broker may have thousands of reply queues that are no concern of ours.
    package func state(for wanted: TopologyDefinitions) async throws -> TopologyDefinitions {
        guard try await get(["overview"], as: Overview.self) != nil else { throw notTheAPI(at: ["overview"]) }
        var found = TopologyDefinitions()
        for user in wanted.users {
            if let user = try await get(["users", user.name], as: BrokerUser.self) {
                found.users.append(user)
            }
        }
        for vhost in wanted.inhabitedVhosts.sorted() {
            guard try await get(["vhosts", vhost], as: Named.self) != nil else { continue }
            found.vhosts.append(vhost)
            try await read(into: &found, wanted: wanted, vhost: vhost)
        }
        return found
    }

    private func read(into found: inout TopologyDefinitions, wanted: TopologyDefinitions, vhost: String) async throws {
        for permission in wanted.permissions where permission.vhost == vhost {
            if let permission = try await get(["permissions", vhost, permission.user], as: BrokerPermission.self) {
                found.permissions.append(permission)
            }
        }
        found.policies += try await get(["policies", vhost], as: [BrokerPolicy].self) ?? []
        for exchange in wanted.exchanges where exchange.vhost == vhost {
            if let exchange = try await get(["exchanges", vhost, exchange.name], as: BrokerExchange.self) {
                found.exchanges.append(exchange)
            }
        }
        for queue in wanted.queues where queue.vhost == vhost {
            guard let existing = try await get(["queues", vhost, queue.name], as: BrokerQueue.self) else { continue }
            found.queues.append(existing)
            let policies = try await get(["queues", vhost, queue.name], as: QueuePolicyAnswer.self)
            if let overruled = policies?.overruled(queue) { found.overruledQueues.append(overruled) }
            found.bindings += try await get(["queues", vhost, queue.name, "bindings"], as: [BrokerBinding].self) ?? []
        }
        let chains = wanted.bindings.filter { $0.vhost == vhost && $0.destinationType == .exchange }
        for pair in Set(chains.map { [$0.source, $0.destination] }) {
            let path = ["bindings", vhost, "e", pair[0], "e", pair[1]]
            found.bindings += try await get(path, as: [BrokerBinding].self) ?? []
        }
    }
}
