internal import AMQP

extension Checkup {
    private static let queues = [
        "orders.commands", "orders.queries", "orders.retry.5s", "orders.retry.30s", "orders.retry.5m", "orders.dead",
    ]

    /// Whether the worker's user can log in to each broker and do its work, and how the queues stand.
    static var broker: Checkup {
        with("broker", AMQPSettings.init) { settings in
            do {
                let broker = try settings.connectionSettings(name: "orderbus doctor")
                let logins = await logins(broker)
                guard let alive = logins.compactMap(\.settings).first else { return logins.map(\.result) }
                let administrator = Administrator(settings: alive)
                try await administrator.connect()
                var results = logins.map(\.result)
                for queue in queues { results.append(await check(queue, administrator)) }
                results.append(await permissions(of: alive.endpoints[0], administrator))
                await administrator.close()
                return results
            } catch {
                let explanation = (error as? any Explained)?.explanation ?? Explanation(what: "\(error)")
                return [CheckResult("broker", failedWith: explanation)]
            }
        }
    }

    /// One broker of several: how logging in to it went, and the settings for it alone where it went well.
    private struct Login: Sendable {
        let result: CheckResult
        let settings: ConnectionSettings?
    }

    /// Logs in to each broker by itself: with one alive a worker hides that the others are not.
    private static func logins(_ broker: ConnectionSettings) async -> [Login] {
        await withTaskGroup(of: (Int, Login).self) { group in
            for (index, endpoint) in broker.endpoints.enumerated() {
                group.addTask {
                    let address = endpoint.description
                    let name = broker.endpoints.count == 1 ? "broker" : "broker \(address)"
                    var settings = broker
                    settings.endpoints = [endpoint]
                    let administrator = Administrator(settings: settings)
                    do throws(AMQPError) {
                        try await administrator.connect()
                        await administrator.close()
                        let result = CheckResult(name, .ok, "connected as \(endpoint.user)")
                        return (index, Login(result: result, settings: settings))
                    } catch {
                        let explanation = BrokerFailure(error, place: address).explanation
                        return (index, Login(result: CheckResult(name, failedWith: explanation), settings: nil))
                    }
                }
            }
            var logins: [(Int, Login)] = []
            for await login in group { logins.append(login) }
            return logins.sorted { $0.0 < $1.0 }.map(\.1)
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

    private static func permissions(of endpoint: Endpoint, _ administrator: Administrator) async -> CheckResult {
        var facts = PermissionFacts(user: endpoint.user, virtualHost: endpoint.virtualHost)
        do throws(AMQPError) {
            for queue in PermissionFacts.reads {
                guard let name = ShortString(queue) else { continue }
                let isAllowed = try await ask(administrator) { administrator throws(AMQPError) in
                    try await administrator.mayConsume(from: name)
                }
                if !isAllowed { facts.deniedReads.append(queue) }
            }
            for exchange in PermissionFacts.writes {
                guard let name = exchange == "amq.default" ? .empty : ShortString(exchange) else { continue }
                let isAllowed = try await ask(administrator) { administrator throws(AMQPError) in
                    try await administrator.mayPublish(to: name)
                }
                if !isAllowed { facts.deniedWrites.append(exchange) }
            }
            return facts.check
        } catch {
            return CheckResult("broker permissions", .failed, error.message)
        }
    }

    /// What is missing is told of as a queue or by the topology, and counts as allowed here.
    private static func ask(
        _ administrator: Administrator,
        _ question: (Administrator) async throws(AMQPError) -> Bool
    ) async throws(AMQPError) -> Bool {
        try await administrator.connect()
        do throws(AMQPError) {
            return try await question(administrator)
        } catch {
            guard error.code == .notFound else { throw error }
            return true
        }
    }
}
