/// A queue that an operator policy has a hand in, and what holds for it as a whole.
package struct OverruledQueue: Sendable, Equatable {
    package let name: String
    package let vhost: String
    /// The name of the operator policy.
    package let operatorPolicy: String
    /// The policy and the operator policy as the broker merges them.
    package let definition: [String: TopologyValue]

    package init(name: String, vhost: String = "/", operatorPolicy: String, definition: [String: TopologyValue]) {
        self.name = name
        self.vhost = vhost
        self.operatorPolicy = operatorPolicy
        self.definition = definition
    }
}

/// As the management API tells of every queue.
struct QueuePolicyAnswer: Decodable {
    let operatorPolicy: String?
    /// An empty list where there is nothing in it, and null where there is no policy.
    let definition: [String: TopologyValue]

    private enum CodingKeys: String, CodingKey {
        case operatorPolicy = "operator_policy"
        case definition = "effective_policy_definition"
    }

    /// The queue, if an operator policy has a hand in it.
    func overruled(_ queue: BrokerQueue) -> OverruledQueue? {
        operatorPolicy.map {
            OverruledQueue(name: queue.name, vhost: queue.vhost, operatorPolicy: $0, definition: definition)
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        operatorPolicy = try? container.decodeIfPresent(String.self, forKey: .operatorPolicy)
        definition = (try? container.decodeIfPresent([String: TopologyValue].self, forKey: .definition)) ?? [:]
    }
}
