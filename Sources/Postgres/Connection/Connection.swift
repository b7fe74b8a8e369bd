package import ThreadExecutor

/// One session with the database.
///
/// Opened by the first unit of work, and again by the next one after it broke. Units of work are served one after the
/// other, first come first served, and each has a deadline that counts from the call.
package actor Connection {
    /// How long the server gets to answer a request to cancel before the connection is given up.
    static let cancelGrace: Duration = .seconds(2)

    let executor: ThreadExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let plan: ConnectionPlan
    let connectTimeout: Duration
    /// `nil` while there is no session.
    var handle: ConnectionHandle?
    /// The socket of the session, or of the one that is being opened.
    var socket: Int32 = -1
    /// The statements that this session has prepared.
    var prepared: Set<String> = []
    /// The prepared statements no longer fit the schema, or are gone.
    var mustForgetStatements = false
    /// What the holder of the turn is waiting for.
    var exchange: Exchange?
    var transaction: OpenTransaction?
    var isClosed = false
    private var turns = TurnQueue()

    /// Makes a connection that is not open yet.
    ///
    /// - Throws: `invalidSettings`.
    package init(_ settings: PostgresSettings, on executor: ThreadExecutor) throws(PostgresError) {
        plan = try ConnectionPlan(settings)
        connectTimeout = settings.connectTimeout
        self.executor = executor
    }

    /// Whether there is a session, as far as is known: a broken one shows with the next use.
    package var isConnected: Bool { handle != nil }

    /// Opens the session, if it is not open.
    ///
    /// - Throws: `connectionFailed` (with the SQLSTATE of the last host's refusal), `timedOut`, `cancelled`, `closed`.
    package func connect(within limit: Duration) async throws(PostgresError) {
        let deadline = ContinuousClock.now + limit
        let turn = try await takeTurn(until: deadline)
        defer { leaveTurn(turn) }
        try await openIfNeeded(until: deadline)
    }

    /// Ends the session for good; work that is under way or waiting ends with `closed`.
    package func close() async {
        isClosed = true
        executor.wake(socket)
        for turn in turns.all { executor.wake(turn.signal.descriptor) }
        // Not cut short by the cancellation of whoever closes: that is when closing is wanted most.
        await Task {
            let turn = turns.join()
            while !turns.isHeld(by: turn) {
                _ = await executor.wait(for: .readable, on: turn.signal.descriptor, until: nil)
            }
            dropSession()
            leaveTurn(turn)
        }.value
    }

    /// Ends the session; the next unit of work opens another.
    func dropSession() {
        handle = nil
        socket = -1
        prepared = []
        mustForgetStatements = false
        exchange = nil
    }

    // MARK: - Turns

    func takeTurn(until deadline: ContinuousClock.Instant) async throws(PostgresError) -> TurnQueue.Turn {
        guard !isClosed else { throw Self.closedError }
        let turn = turns.join()
        while !turns.isHeld(by: turn) {
            let wake = await executor.wait(for: .readable, on: turn.signal.descriptor, until: deadline)
            if let error = Self.error(endingWait: wake, isClosed: isClosed) {
                leaveTurn(turn)
                throw error
            }
        }
        return turn
    }

    func leaveTurn(_ turn: TurnQueue.Turn) {
        if let next = turns.leave(turn) { executor.wake(next.signal.descriptor) }
    }

    // MARK: - Waiting

    static let closedError = PostgresError(.closed, "the connection was closed")

    static func error(endingWait wake: ThreadExecutor.Wake, isClosed: Bool) -> PostgresError? {
        if isClosed { return closedError }
        return switch wake {
        case .deadline: PostgresError(.timedOut, "the deadline passed")
        case .cancelled: PostgresError(.cancelled, "the task was cancelled")
        case .ready, .woken: nil
        }
    }

    /// Pauses; `false` if the deadline does not leave the time for it.
    func rest(_ pause: Duration, until deadline: ContinuousClock.Instant) async throws(PostgresError) -> Bool {
        let end = ContinuousClock.now + pause
        guard end < deadline else { return false }
        if await executor.sleep(until: end) == .cancelled { throw PostgresError(.cancelled, "the task was cancelled") }
        return true
    }

    /// Awaits work that runs elsewhere, but no longer than until the deadline.
    ///
    /// - Throws: `timedOut`, `cancelled` or `closed` if the wait ended first; the work goes on, its outcome is dropped.
    func outcome<Value: Sendable>(
        of work: @escaping @Sendable () async -> Value,
        until deadline: ContinuousClock.Instant
    ) async throws(PostgresError) -> Value {
        let box = OutcomeBox<Value>()
        let signal = Signal()
        Task {
            box.value = await work()
            executor.wake(signal.descriptor)
        }
        while true {
            if let value = box.value { return value }
            let wake = await executor.wait(for: .readable, on: signal.descriptor, until: deadline)
            if box.value == nil, let error = Self.error(endingWait: wake, isClosed: isClosed) { throw error }
        }
    }
}

/// Where work that runs elsewhere leaves its outcome; touched on the connection's thread alone.
private final class OutcomeBox<Value> {
    var value: Value?
}
