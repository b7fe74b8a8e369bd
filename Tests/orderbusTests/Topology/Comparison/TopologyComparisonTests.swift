import Testing
import orderbus

@Suite struct TopologyComparisonTests {
    private static let quorum: [String: TopologyValue] = ["x-queue-type": .text("quorum")]

    private let wanted = TopologyDefinitions(
        vhosts: ["/"],
        users: [BrokerUser(name: "worker")],
        permissions: [BrokerPermission(user: "worker", configure: "^$", write: "^x$", read: "^q$")],
        policies: [
            BrokerPolicy(
                name: "limits",
                pattern: "^q$",
                applyTo: "queues",
                definition: ["max-length": .integer(100)],
                priority: 10
            )
        ],
        exchanges: [BrokerExchange(name: "x", type: "topic")],
        queues: [BrokerQueue(name: "q", arguments: Self.quorum)],
        bindings: [BrokerBinding(source: "x", destination: "q", routingKey: "a.*")]
    )

    private func differences(
        _ change: (inout TopologyDefinitions) -> Void,
        passwords: [String: String] = [:]
    ) -> [TopologyDifference] {
        var found = wanted
        change(&found)
        return TopologyComparison(wanted: wanted, found: found, passwords: passwords).differences
    }

    @Test func aBrokerAsDefinedDiffersInNothing() {
        #expect(differences { _ in }.isEmpty)
    }

    @Test func anEmptyBrokerLacksEverythingInTheOrderOfMaking() {
        let differences = differences { $0 = TopologyDefinitions() }
        #expect(differences.allSatisfy { $0.finding == .missing })
        #expect(
            differences.map(\.subject.kind) == [
                "virtual host", "user", "permission", "policy", "exchange", "queue", "binding",
            ]
        )
    }

    @Test func whatOthersHaveOnTheBrokerIsNoneOfOurBusiness() {
        let differences = differences { found in
            found.queues.append(BrokerQueue(name: "theirs"))
            found.users.append(BrokerUser(name: "theirs"))
            found.bindings.append(BrokerBinding(source: "x", destination: "theirs"))
            found.bindings.append(BrokerBinding(source: "", destination: "q", routingKey: "q"))
            found.policies.append(BrokerPolicy(name: "low", pattern: ".*", applyTo: "all", definition: [:]))
        }
        #expect(differences.isEmpty)
    }

    @Test func aPolicyThatDiffersSaysInWhat() {
        let differences = differences { found in
            found.policies = [
                BrokerPolicy(
                    name: "limits",
                    pattern: "^q$",
                    applyTo: "queues",
                    definition: ["max-length": .integer(5), "overflow": .text("drop-head")],
                    priority: 10
                )
            ]
        }
        #expect(differences.map(\.finding) == [.different])
        #expect(differences.first?.detail == "max-length: 5 → 100; overflow: drop-head → none")
    }

    @Test func aQueueOfAnotherTypeCannotBeChangedInPlace() {
        let differences = differences { $0.queues = [BrokerQueue(name: "q")] }
        #expect(differences.map(\.finding) == [.fixed])
        #expect(differences.first?.detail == "x-queue-type: none → quorum")
        #expect(differences.first?.isApplicable == false)
    }

    @Test func anExchangeOfAnotherTypeCannotBeChangedInPlace() {
        let differences = differences { $0.exchanges = [BrokerExchange(name: "x", type: "fanout")] }
        #expect(differences.map(\.finding) == [.fixed])
        #expect(differences.first?.detail == "type: fanout → topic")
    }

    @Test func aPermissionThatGrantsMoreIsFound() {
        let differences = differences { found in
            found.permissions = [BrokerPermission(user: "worker", configure: ".*", write: "^x$", read: "^q$")]
        }
        #expect(differences.map(\.finding) == [.different])
        #expect(differences.first?.detail == "configure: .* → ^$")
    }

    @Test func aBindingWithAnotherKeyIsOneMissingAndOneExtra() {
        let differences = differences { found in
            found.bindings = [BrokerBinding(source: "x", destination: "q", routingKey: "#")]
        }
        #expect(differences.map(\.finding) == [.missing, .extra])
        #expect(differences.last?.subject.name == "x → q (#)")
    }

    @Test(arguments: [(10, ".*", 1), (11, "^(q|z)$", 1), (9, ".*", 0), (11, "^qq", 0), (11, "(", 1)])
    func anothersPolicyThatWinsOverOursIsFound(priority: Int, pattern: String, count: Int) {
        let differences = differences { found in
            found.policies.append(
                BrokerPolicy(name: "ha", pattern: pattern, applyTo: "all", definition: [:], priority: priority)
            )
        }
        #expect(differences.count { $0.finding == .shadowed } == count)
    }

    @Test func operatorPolicyThatSetsSomethingElseIsToldOf() {
        let differences = differences {
            $0.overruledQueues = [
                OverruledQueue(
                    name: "q",
                    operatorPolicy: "x",
                    definition: ["max-length": .integer(7), "message-ttl": .integer(60_000)]
                )
            ]
        }
        #expect(differences.map(\.finding) == [.overruled])
        #expect(differences.first?.subject.name == "q")
        #expect(
            differences.first?.detail == "operator policy x sets max-length: 7 → 100; message-ttl: 60000 → none"
        )
        #expect(differences.first?.isApplicable == false)
    }

    @Test func operatorPolicyThatChangesNothingIsNobodysAffair() {
        #expect(
            differences {
                $0.overruledQueues = [
                    OverruledQueue(name: "q", operatorPolicy: "x", definition: ["max-length": .integer(100)])
                ]
            }.isEmpty
        )
    }
}
