internal import AMQP
internal import OrderMessaging
internal import Orders
internal import Synchronization
internal import ThreadExecutor

/// A tool's connection to the bus: up while the body runs, reconnecting by itself.
struct CommandLink: Sendable {
    /// What the last attempt to connect came to.
    private final class LastError: Sendable {
        let error = Mutex<AMQPError?>(nil)
    }

    private let client: CommandClient
    private let place: String
    private let lastError: LastError

    /// Connects and runs the body.
    ///
    /// - Parameter limit: how long to wait for the first connection.
    /// - Throws: an explanation where there is none in that time, or the broker refuses this user.
    static func withLink<Value: Sendable>(
        to broker: ConnectionSettings,
        connectingWithin limit: Duration,
        _ body: @escaping @Sendable (CommandLink) async throws -> Value
    ) async throws -> Value {
        let lastError = LastError()
        let client = CommandClient(settings: broker, executor: ThreadExecutor(name: "bus")) { event in
            switch event {
            case .connectFailed(let error, _), .lost(let error): lastError.error.withLock { $0 = error }
            case .connected: lastError.error.withLock { $0 = nil }
            default: break
            }
        }
        let place = broker.endpoints.map(\.description).joined(separator: ", ")
        let link = CommandLink(client: client, place: place, lastError: lastError)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                await client.run()
                return nil
            }
            group.addTask {
                try await link.waitForFirstConnection(within: limit)
                return try await body(link)
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    /// Waits for the first connection, but not for one that cannot come.
    private func waitForFirstConnection(within limit: Duration) async throws {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if await client.waitUntilAvailable(until: min(deadline, .now + .milliseconds(200))) { return }
            if let error = failure, !error.isRetryable { break }
        }
        throw BrokerFailure(failure, place: place)
    }

    private var failure: AMQPError? { lastError.error.withLock { $0 } }
}

extension CommandLink: SendingBus {
    func send(_ request: BusRequest, waitingFor wait: Duration) async -> BusResponse {
        await client.send(request, waitingFor: wait)
    }

    func isAvailable(within limit: Duration) async -> Bool {
        if await client.isAvailable { return true }
        return await client.waitUntilAvailable(until: .now + limit)
    }

    var trouble: String? { failure?.message }
}
