internal import ThreadExecutor

/// Makes connections on a thread of its own, because resolving, connecting and logging in block.
///
/// One for each attempt: the thread ends with it.
actor Connector {
    /// A connection that is ready for use.
    struct Connection: ~Copyable {
        let handle: ConnectionHandle
        let endpoint: Endpoint
        let heartbeat: Duration
        let names: LinkNames

        consuming func takeHandle() -> ConnectionHandle { handle }
    }

    private let executor = ThreadExecutor(name: "amqp-connect")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Tries all endpoints once, starting with any of them.
    ///
    /// - Throws: the error of the last endpoint, its message naming each endpoint and its error. A cancelled task tries
    ///   no further endpoint.
    func connect(_ settings: ConnectionSettings, setup: LinkSetup) throws(AMQPError) -> sending Connection {
        try settings.validate()
        var failures: [(Endpoint, AMQPError)] = []
        let start = Int.random(in: 0..<settings.endpoints.count)
        for endpoint in settings.endpoints[start...] + settings.endpoints[..<start] {
            do throws(AMQPError) {
                return try Self.open(endpoint, settings: settings, setup: setup)
            } catch {
                failures.append((endpoint, error))
                if Task.isCancelled { break }
            }
        }
        throw Self.summary(of: failures)
    }

    private static func open(
        _ endpoint: Endpoint,
        settings: ConnectionSettings,
        setup: LinkSetup
    ) throws(AMQPError) -> sending Connection {
        let handle = try ConnectionHandle(to: endpoint, settings: settings)
        handle.setSocketOptions(heartbeat: endpoint.heartbeat ?? settings.heartbeat)
        // The timeouts of librabbitmq end each step; the watchdog is for what they do not cover: its sends.
        let limit = settings.connectTimeout(for: endpoint) + settings.callTimeout
        let (heartbeat, names) = try Watchdog.shared.guarding(handle.descriptor, for: limit) { () throws(AMQPError) in
            (try handle.login(to: endpoint, settings: settings), try handle.prepare(setup))
        }
        return Connection(handle: handle, endpoint: endpoint, heartbeat: heartbeat, names: names)
    }

    private static func summary(of failures: [(Endpoint, AMQPError)]) -> AMQPError {
        guard let (_, last) = failures.last else { return AMQPError(.invalidArgument, "no AMQP endpoint") }
        let message = failures.map { "\($0): \($1.message)" }.joined(separator: "; ")
        return AMQPError(last.code, message, replyCode: last.replyCode, file: last.file, line: last.line)
    }
}
