internal import AMQP

extension Checkup {
    private static let queues = [
        "orders.commands", "orders.queries", "orders.retry.5s", "orders.retry.30s", "orders.retry.5m", "orders.dead",
    ]

    /// Whether the worker's user can log in, and how the queues stand.
    static var broker: Checkup {
        with("broker", AMQPSettings.init) { settings in
            do {
                let broker = try settings.connectionSettings(name: "orderbus doctor")
                let administrator = Administrator(settings: broker)
                do throws(AMQPError) {
                    try await administrator.connect()
                } catch {
                    let place = broker.endpoints.map(\.description).joined(separator: ", ")
                    return [CheckResult("broker", failedWith: BrokerFailure(error, place: place).explanation)]
                }
                let users = Set(broker.endpoints.map(\.user)).sorted().joined(separator: ", ")
                var results = [CheckResult("broker", .ok, "connected as \(users)")]
                for queue in queues { results.append(await check(queue, administrator)) }
                await administrator.close()
                return results
            } catch {
                let explanation = (error as? any Explained)?.explanation ?? Explanation(what: "\(error)")
                return [CheckResult("broker", failedWith: explanation)]
            }
        }
    }

    private static func check(_ queue: String, _ administrator: Administrator) async -> CheckResult {
        guard let name = ShortString(queue) else { return QueueFacts.missing(queue) }
        do throws(AMQPError) {
            let state = try await administrator.state(of: name)
            return QueueFacts(
                name: queue,
                messages: Int(state.messageCount),
                consumers: Int(state.consumerCount)
            ).check
        } catch {
            // A refusal has closed the connection.
            try? await administrator.connect()
            guard error.code != .notFound else { return QueueFacts.missing(queue) }
            return CheckResult("queue \(queue)", .failed, error.message)
        }
    }
}
