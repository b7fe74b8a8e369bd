package import ThreadExecutor

/// Declares and removes queues and exchanges, for tools and tests. Every call blocks its thread while it waits.
///
/// A refused call closes its channel, and with it the connection: `connect()` anew after an error.
package actor Administrator {
    private let settings: ConnectionSettings
    private let executor: ThreadExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private var link: Link?
    private var epoch: UInt64 = 0

    package init(settings: ConnectionSettings, executor: ThreadExecutor = ThreadExecutor(name: "amqp-admin")) {
        // Between calls nobody sends heartbeats: the longest that the broker agrees to gives the caller time.
        var settings = settings
        settings.heartbeat = .seconds(600)
        for index in settings.endpoints.indices { settings.endpoints[index].heartbeat = nil }
        self.settings = settings
        self.executor = executor
    }

    /// Connects, or connects again.
    ///
    /// Meant for calls within a minute or two of each other: the broker drops a client that is silent for longer.
    package func connect() async throws(AMQPError) {
        await close()
        let connection = try await Connector().connect(settings, setup: LinkSetup())
        epoch += 1
        link = Link(connection, settings: settings, epoch: epoch, executor: executor)
    }

    /// Says goodbye to the broker.
    ///
    /// Exclusive queues of this connection go with it.
    package func close() async {
        guard let link else { return }
        self.link = nil
        await link.close(until: .now + .seconds(2))
    }

    /// - Throws: `.preconditionFailed` if the queue exists with other properties.
    @discardableResult
    package func declare(_ queue: QueueDeclaration) throws(AMQPError) -> QueueState {
        try call { handle throws(AMQPError) in try handle.declare(queue) }
    }

    /// Asks for a queue.
    ///
    /// - Throws: `.notFound` if there is none of that name.
    package func state(of queue: ShortString) throws(AMQPError) -> QueueState {
        var declaration = QueueDeclaration(name: queue)
        declaration.isPassive = true
        return try declare(declaration)
    }

    package func bind(_ queue: ShortString, to exchange: ShortString, routingKey: ShortString) throws(AMQPError) {
        try call { handle throws(AMQPError) in try handle.bind(queue, to: exchange, routingKey: routingKey) }
    }

    /// - Returns: how many messages were thrown away.
    @discardableResult
    package func purge(_ queue: ShortString) throws(AMQPError) -> UInt32 {
        try call { handle throws(AMQPError) in try handle.purge(queue) }
    }

    /// - Returns: how many messages went with the queue; 0 if there was none.
    @discardableResult
    package func delete(_ queue: ShortString) throws(AMQPError) -> UInt32 {
        try call { handle throws(AMQPError) in try handle.delete(queue) }
    }

    /// Whether the user may consume from a queue; nothing is taken from it, and the connection ends.
    ///
    /// - Throws: what is neither yes nor no, for example `.notFound`.
    package func mayConsume(from queue: ShortString) throws(AMQPError) -> Bool {
        try isAllowed { handle throws(AMQPError) in try handle.consumeInVain(queue) }
    }

    /// Whether the user may publish to an exchange, the empty name being the default one; nothing is published, and the
    /// connection ends.
    ///
    /// - Throws: what is neither yes nor no, for example `.notFound`.
    package func mayPublish(to exchange: ShortString) throws(AMQPError) -> Bool {
        try isAllowed { handle throws(AMQPError) in try handle.publishInVain(exchange) }
    }

    private func isAllowed(_ body: (borrowing ConnectionHandle) throws(AMQPError) -> Void) throws(AMQPError) -> Bool {
        do throws(AMQPError) {
            try call(body)
            return true
        } catch {
            switch error.code {
            case .accessRefused: return false
            case .preconditionFailed: return true
            default: throw error
            }
        }
    }

    private func call<Result>(
        _ body: (borrowing ConnectionHandle) throws(AMQPError) -> Result
    ) throws(AMQPError) -> Result {
        guard let link else { throw AMQPError(.notConnected, "the administrator is not connected") }
        return try link.call(body)
    }
}
