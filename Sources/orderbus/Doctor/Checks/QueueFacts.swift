/// A queue of the contract as the broker has it.
package struct QueueFacts: Sendable, Equatable {
    package let name: String
    /// Ready to be delivered.
    package let messages: Int
    package let consumers: Int

    package init(name: String, messages: Int, consumers: Int) {
        self.name = name
        self.messages = messages
        self.consumers = consumers
    }

    /// What dead letters are kept in.
    private static let deadLetters = "orders.dead"
    /// What workers consume.
    private static let consumed = ["orders.commands", "orders.queries"]
    /// Some ten seconds of work for a small deployment.
    private static let largeBacklog = 100_000

    /// How the queue stands.
    package var check: CheckResult {
        let label = "queue \(name)"
        let finding = "\(messages) waiting, \(consumers) consumers"
        if name == Self.deadLetters, messages > 0 {
            return CheckResult(
                label,
                .warning,
                "\(messages) dead letters waiting",
                advice: "look at why they failed (header failure-code of each), mend the cause and send them again"
            )
        }
        guard Self.consumed.contains(name) else { return CheckResult(label, .ok, "\(messages) waiting") }
        if consumers == 0 {
            return CheckResult(
                label,
                messages > 0 ? .failed : .warning,
                finding,
                advice: "start a worker: orderbus worker"
            )
        }
        if messages > Self.largeBacklog {
            return CheckResult(
                label,
                .warning,
                finding,
                advice: "start more workers, or see what holds them up: orderbus_step_seconds in their metrics"
            )
        }
        return CheckResult(label, .ok, finding)
    }

    /// A queue that the broker does not have.
    package static func missing(_ name: String) -> CheckResult {
        CheckResult("queue \(name)", .failed, "does not exist", advice: "run orderbus topology apply")
    }
}
