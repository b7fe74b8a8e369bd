extension Connection {
    /// Runs the body with the connection to itself, commits at its end, and rolls back if it throws.
    ///
    /// - Parameters:
    ///   - limit: for all of it, the wait for the connection included.
    ///   - body: must use the connection through its argument only; it would wait for itself otherwise.
    /// - Throws: what the body throws, or why it could not be begun or committed.
    package nonisolated func withTransaction<Value>(
        within limit: Duration,
        _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        let transaction = try await begin(within: limit)
        let value: Value
        do {
            value = try await body(transaction)
        } catch {
            await rollBack(transaction.turn)
            throw error
        }
        do {
            try await commit(transaction.turn)
        } catch {
            await rollBack(transaction.turn)
            throw error
        }
        return value
    }

    private func begin(within limit: Duration) async throws(PostgresError) -> Transaction {
        let deadline = ContinuousClock.now + limit
        let turn = try await takeTurn(until: deadline)
        do {
            try await openIfNeeded(until: deadline)
        } catch {
            leaveTurn(turn)
            throw error
        }
        transaction = OpenTransaction(turn: turn, deadline: deadline)
        return Transaction(connection: self, turn: turn)
    }

    func run(_ batch: Batch, in turn: TurnQueue.Turn, commits: Bool) async throws(PostgresError) -> [Rows] {
        try batch.validate()
        let open = try current(turn)
        let rows = try await send(
            batch,
            after: open.hasBegun ? nil : .begin,
            before: commits ? .commit : nil,
            until: open.deadline
        )
        transaction?.hasBegun = true
        if commits { transaction?.isCommitted = true }
        return rows
    }

    func execute(script: String, in turn: TurnQueue.Turn) async throws(PostgresError) {
        let open = try current(turn)
        if !open.hasBegun { _ = try await run(Batch(), in: turn, commits: false) }
        try await send(script: script, until: open.deadline)
    }

    private func commit(_ turn: TurnQueue.Turn) async throws(PostgresError) {
        guard let open = transaction, open.turn == turn else { return }
        if open.hasBegun, !open.isCommitted {
            _ = try await send(Batch(), before: .commit, until: open.deadline)
        }
        transaction = nil
        leaveTurn(turn)
    }

    /// Rolls back what is open and passes the turn on, even if the task was cancelled.
    private func rollBack(_ turn: TurnQueue.Turn) async {
        await Task {
            guard transaction?.turn == turn else { return }
            if handle?.isInTransaction == true {
                do {
                    _ = try await send(Batch(), before: .rollback, until: .now + Self.cancelGrace)
                } catch {
                    dropSession()
                }
            }
            transaction = nil
            leaveTurn(turn)
        }.value
    }

    private func current(_ turn: TurnQueue.Turn) throws(PostgresError) -> OpenTransaction {
        guard let open = transaction, open.turn == turn, !open.isCommitted else {
            throw PostgresError(.invalidArgument, "the transaction has ended")
        }
        return open
    }
}
