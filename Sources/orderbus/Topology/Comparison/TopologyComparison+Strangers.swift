extension TopologyComparison {
    /// Bindings to our queues that nobody defined: they bring messages that the worker does not expect.
    var extras: [TopologyDifference] {
        let queues = Set(wanted.queues.map(\.name))
        return found.bindings
            .filter { $0.destinationType == .queue && queues.contains($0.destination) && !$0.source.isEmpty }
            .filter { !wanted.bindings.contains($0) }
            .map { TopologyDifference(.extra, .binding($0), detail: "nobody defined it") }
    }

    /// Policies of others that match what ours are for: only one policy has effect on a queue or exchange.
    var shadows: [TopologyDifference] {
        let ours = Set(wanted.policies.map(\.name))
        let others = found.policies.filter { !ours.contains($0.name) }
        return wanted.policies.flatMap { policy in
            others.filter { $0.priority >= policy.priority }.compactMap { other in
                let names = covered(by: policy, and: other)
                guard !names.isEmpty else { return nil }
                let what = "policy \(other.name) of priority \(other.priority) takes hold of "
                return TopologyDifference(
                    .shadowed,
                    .policy(policy),
                    detail: what + names.joined(separator: ", ") + " instead"
                )
            }
        }
    }

    private func covered(by policy: BrokerPolicy, and other: BrokerPolicy) -> [String] {
        wanted.queues.map(\.name).filter { policy.matchesQueue($0) && other.matchesQueue($0) }
            + wanted.exchanges.map(\.name).filter { policy.matchesExchange($0) && other.matchesExchange($0) }
    }
}
