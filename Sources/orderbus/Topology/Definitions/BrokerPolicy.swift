/// Settings that the broker lays on every queue or exchange whose name matches.
package struct BrokerPolicy: Sendable, Equatable, Codable {
    package let name: String
    package var vhost: String
    /// A regular expression, not anchored.
    package let pattern: String
    /// `queues`, `exchanges`, `all`, or a type of queue.
    package let applyTo: String
    package let definition: [String: TopologyValue]
    /// Of the policies that match, the one with the highest has effect, alone.
    package let priority: Int

    package init(
        name: String,
        vhost: String = "/",
        pattern: String,
        applyTo: String,
        definition: [String: TopologyValue],
        priority: Int = 0
    ) {
        self.name = name
        self.vhost = vhost
        self.pattern = pattern
        self.applyTo = applyTo
        self.definition = definition
        self.priority = priority
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case vhost
        case pattern
        case applyTo = "apply-to"
        case definition
        case priority
    }

    /// Whether the policy would take hold of a queue of that name.
    package func matchesQueue(_ name: String) -> Bool { applyTo != "exchanges" && matches(name) }

    /// Whether the policy would take hold of an exchange of that name.
    package func matchesExchange(_ name: String) -> Bool {
        (applyTo == "exchanges" || applyTo == "all") && matches(name)
    }

    /// A pattern that cannot be read here counts as matching: better one policy too many in the report than one too few.
    private func matches(_ name: String) -> Bool {
        guard let expression = try? Regex(pattern) else { return true }
        return name.firstMatch(of: expression) != nil
    }
}
