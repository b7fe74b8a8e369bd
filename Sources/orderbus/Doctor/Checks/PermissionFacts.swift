/// What the user in `AMQP_URL` may do of what a worker does.
package struct PermissionFacts: Sendable, Equatable {
    /// What a worker does with queues and exchanges, as `topology/definitions.json` allows it.
    package static let reads = ["orders.commands", "orders.queries"]
    /// The default exchange, for replies, is called `amq.default` in permissions.
    package static let writes = [
        "amq.default", "orders.events", "orders.dlx", "orders.retry.5s", "orders.retry.30s", "orders.retry.5m",
    ]

    package let user: String
    package let virtualHost: String
    /// Queues that it may not consume from.
    package var deniedReads: [String] = []
    /// Exchanges that it may not publish to.
    package var deniedWrites: [String] = []

    package init(user: String, virtualHost: String) {
        self.user = user
        self.virtualHost = virtualHost
    }

    package var check: CheckResult {
        let name = "broker permissions"
        guard !deniedReads.isEmpty || !deniedWrites.isEmpty else {
            return CheckResult(name, .ok, "\(user) may do what a worker does")
        }
        let denials = [("read", deniedReads), ("write", deniedWrites)].filter { !$0.1.isEmpty }
        let text = denials.map { "\($0.0) \($0.1.joined(separator: ", "))" }.joined(separator: " nor ")
        return CheckResult(
            name,
            .failed,
            "user \(user) may not \(text)",
            advice: adviceOnDenial
        )
    }

    /// With the permissions that the definitions give the user `worker`.
    package var adviceOnDenial: String {
        "name the worker's user in AMQP_URL, or give this one the worker's permissions:\n"
            + "rabbitmqctl set_permissions -p '\(virtualHost)' '\(user)' '^$' "
            + #"'^(amq\.default|orders\.events|orders\.dlx|orders\.retry\..*)$' '^orders\.(commands|queries)$'"#
    }
}
