import FoundationEssentials
import Testing
import orderbus

@Suite struct TopologyDefinitionsTests {
    /// The repository's root, also where this file is reached through a symbolic link.
    private static var root: URL {
        var url = URL(filePath: #filePath).resolvingSymlinksInPath()
        while url.path.count > 1, !FileManager.default.fileExists(atPath: url.appending(path: "topology").path) {
            url.deleteLastPathComponent()
        }
        return url
    }

    private func read(_ json: String) throws -> TopologyDefinitions {
        try TopologyDefinitions(json: Array(json.utf8), place: "test")
    }

    @Test func theProgramCarriesTheRepositorysDefinitions() throws {
        let file = try Data(contentsOf: Self.root.appending(path: "topology/definitions.json"))
        #expect(TopologyDefinitions.embeddedJSON == Array(file))
    }

    @Test func theBuiltInDefinitionsHoldWhatTheContractNames() throws {
        let definitions = try TopologyDefinitions.load(path: nil)
        let queues = ["commands", "queries", "retry.5s", "retry.30s", "retry.5m", "dead"]
        #expect(Set(definitions.queues.map(\.name)) == Set(queues.map { "orders.\($0)" }))
        #expect(definitions.queues.allSatisfy { $0.arguments == ["x-queue-type": .text("quorum")] })
        #expect(Set(definitions.users.map(\.name)) == ["producer", "worker", "gateway", "console"])
    }

    @Test func theBuiltInPoliciesHoldWhatTheContractPromises() throws {
        let definitions = try TopologyDefinitions.load(path: nil)
        let maximum: Set = ["orders.commands", "orders.retry.5s", "orders.retry.30s", "orders.retry.5m"]
        for queue in definitions.queues {
            var definition = try Self.effective(definitions.policies.filter { $0.matchesQueue(queue.name) })
            if maximum.contains(queue.name) {
                let length = definition.removeValue(forKey: "max-length")
                guard case .integer(1...) = length else {
                    Issue.record("\(queue.name) has no maximum length: \(String(describing: length))")
                    continue
                }
            }
            #expect(definition == Self.promised[queue.name], "\(queue.name)")
        }
        let entrance = definitions.policies.filter { $0.matchesExchange("orders.commands") }
        #expect(try Self.effective(entrance) == ["alternate-exchange": .text("orders.unrouted")])
        for exchange in definitions.exchanges where exchange.name != "orders.commands" {
            #expect(!definitions.policies.contains { $0.matchesExchange(exchange.name) }, "\(exchange.name)")
        }
    }

    /// Of each queue; a maximum length is promised without its number.
    private static let promised: [String: [String: TopologyValue]] = [
        "orders.commands": [
            "dead-letter-exchange": .text("orders.dlx"), "dead-letter-strategy": .text("at-least-once"),
            "overflow": .text("reject-publish"), "delivery-limit": .integer(50),
        ],
        // No dead-letter exchange: a question that expired is gone.
        "orders.queries": ["message-ttl": .integer(30_000), "delivery-limit": .integer(50)],
        "orders.retry.5s": retry(milliseconds: 5_000),
        "orders.retry.30s": retry(milliseconds: 30_000),
        "orders.retry.5m": retry(milliseconds: 300_000),
        "orders.dead": ["delivery-limit": .integer(1_000_000)],
    ]

    /// Back to the commands, and with nothing that would replace the routing key.
    private static func retry(milliseconds: Int64) -> [String: TopologyValue] {
        [
            "message-ttl": .integer(milliseconds), "dead-letter-exchange": .text("orders.commands"),
            "dead-letter-strategy": .text("at-least-once"), "overflow": .text("reject-publish"),
        ]
    }

    /// What the broker makes of the policies that match: the one with the highest priority has effect, alone.
    private static func effective(_ policies: [BrokerPolicy]) throws -> [String: TopologyValue] {
        try #require(policies.max { $0.priority < $1.priority }).definition
    }

    @Test func theBuiltInExchangesAndBindingsAreThoseOfTheContract() throws {
        let definitions = try TopologyDefinitions.load(path: nil)
        let types = Dictionary(uniqueKeysWithValues: definitions.exchanges.map { ($0.name, $0.type) })
        #expect(types["orders.commands"] == "topic")
        #expect(types["orders.events"] == "topic")
        #expect(types["orders.dlx"] == "fanout")
        #expect(types["orders.unrouted"] == "fanout")
        #expect(definitions.exchanges.allSatisfy { $0.durable && !$0.autoDelete && !$0.isInternal })
        #expect(definitions.queues.allSatisfy { $0.durable && !$0.autoDelete })
        let bindings = [
            BrokerBinding(source: "orders.commands", destination: "orders.commands", routingKey: "order.create.*"),
            BrokerBinding(source: "orders.commands", destination: "orders.commands", routingKey: "order.cancel.*"),
            BrokerBinding(source: "orders.commands", destination: "orders.queries", routingKey: "order.get.*"),
            BrokerBinding(source: "orders.commands", destination: "orders.queries", routingKey: "order.list.*"),
            BrokerBinding(source: "orders.retry.5s", destination: "orders.retry.5s"),
            BrokerBinding(source: "orders.retry.30s", destination: "orders.retry.30s"),
            BrokerBinding(source: "orders.retry.5m", destination: "orders.retry.5m"),
            BrokerBinding(source: "orders.dlx", destination: "orders.dead"),
            BrokerBinding(source: "orders.unrouted", destination: "orders.dead"),
        ]
        #expect(Set(definitions.bindings) == Set(bindings))
        // A fanout ignores the routing key, so that a parked command comes back with its own.
        for delay in ["5s", "30s", "5m"] { #expect(types["orders.retry.\(delay)"] == "fanout") }
    }

    @Test func theyMoveToAnotherVirtualHostAsAWhole() throws {
        let moved = try TopologyDefinitions.load(path: nil).moved(to: "shop")
        #expect(moved.vhosts == ["shop"])
        #expect(moved.queues.allSatisfy { $0.vhost == "shop" })
        #expect(moved.bindings.allSatisfy { $0.vhost == "shop" })
        #expect(moved.permissions.allSatisfy { $0.vhost == "shop" })
    }

    @Test(arguments: [
        (#"{"queues": [{"name": "q"}]}"#, #"queues[0] has no "vhost""#),
        (#"{"queues": [{"name": 1}]}"#, "queues[0].name is of the wrong type"),
        (#"{"topic_permissions": [{"user": "x"}]}"#, #""topic_permissions" is not empty"#),
        ("[]", "the whole is of the wrong type"),
    ])
    func whatIsWrongInAFileIsNamed(json: String, words: String) {
        let error = #expect(throws: ExplainedError.self) { try read(json) }
        #expect(error?.explanation.what.contains(words) == true)
    }

    @Test func whatIsNotJSONIsRefused() {
        #expect(throws: ExplainedError.self) { try read("{") }
    }

    @Test func aFileThatIsNotThereIsNamed() {
        let error = #expect(throws: ExplainedError.self) { try TopologyDefinitions.load(path: "/none.json") }
        #expect(error?.explanation.place == "/none.json")
    }

    @Test func tagsComeAsAListOrAsWords() throws {
        let definitions = try read(
            #"{"users": [{"name": "a", "tags": "administrator,monitoring"}, {"name": "b", "tags": ["administrator"]}]}"#
        )
        #expect(definitions.users[0].tags == ["administrator", "monitoring"])
        #expect(definitions.users[1].tags == ["administrator"])
    }
}
