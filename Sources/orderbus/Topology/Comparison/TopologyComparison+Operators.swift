extension TopologyComparison {
    /// Queues for which an operator policy sets something else than ours, or something that ours leaves out.
    ///
    /// Only the broker's administrators can change those; what is just missing is a policy's own affair.
    var overruled: [TopologyDifference] {
        wanted.queues.compactMap { queue in
            let overruled = found.overruledQueues.first { $0.name == queue.name && $0.vhost == queue.vhost }
            guard let overruled, !overruled.operatorPolicy.isEmpty else { return nil }
            let ours = policy(for: queue)?.definition ?? [:]
            let changes = Self.fields(ours, overruled.definition)
                .filter { $0.found != "none" && $0.wanted != $0.found }
                .map { "\($0.name): \($0.found ?? "none") → \($0.wanted)" }
            guard !changes.isEmpty else { return nil }
            let what = "operator policy \(overruled.operatorPolicy) sets "
            return TopologyDifference(.overruled, .queue(queue), detail: what + changes.joined(separator: "; "))
        }
    }

    /// Of our policies for a queue, the one that has effect.
    private func policy(for queue: BrokerQueue) -> BrokerPolicy? {
        wanted.policies
            .filter { $0.vhost == queue.vhost && $0.matchesQueue(queue.name) }
            .max { $0.priority < $1.priority }
    }
}
