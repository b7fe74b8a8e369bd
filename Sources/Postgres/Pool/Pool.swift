package import ThreadExecutor

/// A few connections for many users, leased first come first served.
///
/// The pool lives on the first connection's executor.
package actor Pool {
    private let executor: ThreadExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let connections: [Connection]
    private var state: PoolState
    private var signals: [UInt64: Signal] = [:]
    private var isClosed = false

    /// Makes a pool with one connection on each of the executors; the same may be given several times.
    ///
    /// - Throws: `invalidSettings`.
    package init(_ settings: PostgresSettings, on executors: [ThreadExecutor]) throws(PostgresError) {
        guard let first = executors.first else {
            throw PostgresError(.invalidSettings, "a pool needs at least one connection")
        }
        executor = first
        var connections: [Connection] = []
        for executor in executors { connections.append(try Connection(settings, on: executor)) }
        self.connections = connections
        state = PoolState(size: connections.count)
    }

    /// Lends a connection for the time of the body.
    ///
    /// - Parameters:
    ///   - limit: for the wait for a connection alone.
    ///   - body: runs its units of work with deadlines of their own.
    /// - Throws: `timedOut`, `cancelled` or `closed` before there was a connection, and what the body throws.
    package nonisolated func withConnection<Value>(
        within limit: Duration,
        _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        let (slot, connection) = try await lease(until: .now + limit)
        do {
            let value = try await body(connection)
            await giveBack(slot, isBroken: false)
            return value
        } catch {
            await giveBack(slot, isBroken: await !connection.isConnected)
            throw error
        }
    }

    /// Closes every connection; work that is under way ends with `closed`.
    package func close() async {
        isClosed = true
        for signal in signals.values { executor.wake(signal.descriptor) }
        for connection in connections { await connection.close() }
    }

    private func lease(until deadline: ContinuousClock.Instant) async throws(PostgresError) -> (Int, Connection) {
        let waiter = state.joined()
        let signal = Signal()
        signals[waiter] = signal
        defer { signals[waiter] = nil }
        while true {
            if isClosed {
                state.gaveUp(waiter)
                throw Connection.closedError
            }
            let retry: ContinuousClock.Instant?
            switch state.asked(waiter, now: .now) {
            case .use(let slot):
                wakeNext()
                return (slot, connections[slot])
            case .wait(let until): retry = until
            }
            let until = min(deadline, retry ?? deadline)
            let wake = await executor.wait(for: .readable, on: signal.descriptor, until: until)
            if wake == .deadline, until < deadline { continue }
            if let error = Connection.error(endingWait: wake, isClosed: isClosed) {
                state.gaveUp(waiter)
                wakeNext()
                throw error
            }
        }
    }

    private func giveBack(_ slot: Int, isBroken: Bool) {
        state.returned(slot: slot, isBroken: isBroken, now: .now, jitter: .random(in: 0...1))
        wakeNext()
    }

    private func wakeNext() {
        guard let waiter = state.nextToWake, let signal = signals[waiter] else { return }
        executor.wake(signal.descriptor)
    }
}
