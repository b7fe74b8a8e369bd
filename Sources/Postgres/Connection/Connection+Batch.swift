extension Connection {
    /// Runs the batch as one transaction in one round trip: when this returns, it is committed.
    ///
    /// Statements are prepared on the way where needed. Those that no longer fit the schema are prepared anew and the
    /// batch is sent once more; that is safe, because the first attempt was rolled back.
    ///
    /// - Returns: the rows of each statement, in order.
    /// - Throws: the first failure, with the name of its statement; then nothing of the batch is stored. After
    ///   `connectionLost`, `timedOut` and `cancelled` without an SQLSTATE, the outcome is unknown.
    /// Source: PostgreSQL 15 documentation, §34.5.1 (statements up to a synchronization point share a transaction).
    package func run(_ batch: Batch, within limit: Duration) async throws(PostgresError) -> [Rows] {
        let deadline = ContinuousClock.now + limit
        try batch.validate()
        if batch.isEmpty { return [] }
        let turn = try await takeTurn(until: deadline)
        defer { leaveTurn(turn) }
        try await openIfNeeded(until: deadline)
        do {
            return try await send(batch, until: deadline)
        } catch {
            guard error.code == .staleStatement else { throw error }
        }
        return try await send(batch, until: deadline)
    }

    /// Runs a text of any number of commands as one transaction, for migrations; rows are dropped.
    package func execute(script: String, within limit: Duration) async throws(PostgresError) {
        let deadline = ContinuousClock.now + limit
        let turn = try await takeTurn(until: deadline)
        defer { leaveTurn(turn) }
        try await openIfNeeded(until: deadline)
        try await send(script: script, until: deadline)
    }

    /// Sends the batch between the given steps, and the statements that it needs prepared before it.
    ///
    /// Without `BEGIN` the synchronization point commits: one command less each way.
    func send(
        _ batch: Batch,
        after first: Exchange.Step? = nil,
        before last: Exchange.Step? = nil,
        until deadline: ContinuousClock.Instant
    ) async throws(PostgresError) -> [Rows] {
        var steps: [Exchange.Step] = []
        if mustForgetStatements, transaction?.hasBegun != true {
            steps.append(.forgetStatements)
            prepared = []
        }
        if let first { steps.append(first) }
        var known = prepared
        for element in batch.elements {
            let name = element.statement.name
            if known.insert(name).inserted { steps.append(.prepare(name: name)) }
            steps.append(.statement(name: name))
        }
        if let last { steps.append(last) }
        return try await perform(Exchange(steps: steps), until: deadline) { connection in
            Self.send(steps, of: batch, on: connection)
        }
    }

    func send(script: String, until deadline: ContinuousClock.Instant) async throws(PostgresError) {
        guard handle?.setPipelineMode(false) == true else {
            dropSession()
            throw PostgresError(.protocolViolation, "the connection is not idle")
        }
        defer { _ = handle?.setPipelineMode(true) }
        _ = try await perform(.script, until: deadline) { $0.sendScript(script) }
    }

    private static func send(
        _ steps: [Exchange.Step],
        of batch: Batch,
        on connection: borrowing ConnectionHandle
    ) -> Bool {
        var elements = batch.elements[...]
        for step in steps {
            let isSent =
                switch step {
                case .begin, .commit, .rollback, .forgetStatements: connection.sendControl(step.control ?? "")
                case .prepare: elements.first.map { connection.sendPrepare($0.statement) } ?? false
                case .statement: elements.popFirst().map { connection.sendPrepared($0) } ?? false
                }
            guard isSent else { return false }
        }
        return connection.sendSync()
    }
}
