extension Checkup {
    private struct AlarmAnswer: Decodable {
        let status: String
    }

    /// What only the management API tells: the topology in full, and alarms.
    static var management: Checkup {
        guard
            Settings.environment[Setting.amqpManagementURL.name]?.isEmpty == false
                || Settings.environment[Setting.amqpManagementURL.name + "_FILE"]?.isEmpty == false
        else {
            return Checkup(name: "broker topology") {
                [
                    CheckResult(
                        "broker topology",
                        .skipped,
                        "exchanges, bindings, policies, permissions and alarms were not looked at",
                        advice: "set AMQP_MANAGEMENT_URL to have them looked at"
                    )
                ]
            }
        }
        return reading("broker topology", ManagementSettings.endpoint, examine)
    }

    private static func examine(_ endpoint: ManagementEndpoint) async -> [CheckResult] {
        do {
            return try await ManagementClient.withClient(to: endpoint) { client in
                let defined = try TopologyDefinitions.load(path: nil)
                let wanted = endpoint.vhost.map { defined.moved(to: $0) } ?? defined
                let found = try await client.state(for: wanted)
                let differences = TopologyComparison(wanted: wanted, found: found, passwords: [:]).differences
                return [TopologyFacts.check(differences), try await alarms(client)]
            }
        } catch {
            let explanation = (error as? any Explained)?.explanation ?? Explanation(what: "\(error)")
            return [CheckResult("broker topology", failedWith: explanation)]
        }
    }

    private static func alarms(_ client: ManagementClient) async throws -> CheckResult {
        do {
            let answer = try await client.get(["health", "checks", "alarms"], as: AlarmAnswer.self)
            guard answer == nil else { return CheckResult("broker alarms", .ok, "none") }
            return CheckResult("broker alarms", .skipped, "this version of RabbitMQ does not tell")
        } catch let error as ManagementError {
            guard case .refused(status: 503, let words) = error.reason else { throw error }
            return CheckResult(
                "broker alarms",
                .failed,
                words,
                advice: "free memory or disk on the broker's machines: until then it takes no message"
            )
        }
    }
}
