internal import ThreadExecutor

extension Connection {
    /// Sends what `send` queues, awaits the answers and returns the rows of the statements.
    ///
    /// The caller holds the turn and a session. If the deadline passes or the task is cancelled, the server is asked to
    /// cancel; if it does not answer in `cancelGrace`, the session is given up.
    ///
    /// - Throws: what the server refused, `connectionLost`, `timedOut`, `cancelled`, `closed`, `protocolViolation`.
    func perform(
        _ planned: Exchange,
        until deadline: ContinuousClock.Instant,
        send: (borrowing ConnectionHandle) -> Bool
    ) async throws(PostgresError) -> [Rows] {
        guard handle != nil else { throw PostgresError(.connectionLost, "the connection is gone") }
        exchange = planned
        guard sendAll(send) else { throw lostConnection() }
        let wake = try await pump(until: deadline)
        if let interruption = Self.error(endingWait: wake, isClosed: isClosed) {
            // Shielded: a cancelled task could not wait for the outcome.
            let error = await Task { await interrupt(as: interruption) }.value
            if let error { throw error }
        }
        return try finishExchange()
    }

    private func sendAll(_ send: (borrowing ConnectionHandle) -> Bool) -> Bool {
        guard let connection = handle.take() else { return false }
        let isSent = send(connection)
        handle = consume connection
        return isSent
    }

    /// Moves bytes both ways until the exchange has ended (`ready`), the deadline or cancellation.
    ///
    /// Reading goes on while there is something to write, so neither side can wait for the other with full buffers.
    private func pump(until deadline: ContinuousClock.Instant) async throws(PostgresError) -> ThreadExecutor.Wake {
        while true {
            guard let interest = try advance() else { return .ready }
            socket = handle?.socket ?? -1
            let wake = await executor.wait(for: interest, on: socket, until: deadline)
            if isClosed {
                dropSession()
                throw Self.closedError
            }
            switch wake {
            case .deadline, .cancelled: return wake
            case .ready, .woken: continue
            }
        }
    }

    /// Writes and reads what can be; returns what to wait for, or `nil` once the exchange has ended.
    private func advance() throws(PostgresError) -> ThreadExecutor.Interest? {
        let flushed = handle?.flush() ?? .failed
        guard handle?.consumeInput() == true, flushed != .failed else {
            receiveResults()
            throw lostConnection()
        }
        receiveResults()
        switch exchange?.state {
        case .underway: return flushed == .some ? .readableOrWritable : .readable
        case .ended: return nil
        case .violated, nil:
            dropSession()
            throw PostgresError(.protocolViolation, "unexpected answer of the server")
        }
    }

    private func receiveResults() {
        while exchange?.state == .underway, handle?.isBusy == false {
            guard let rows = handle?.nextResult() else {
                exchange?.commandEnded()
                continue
            }
            switch rows.handle.status {
            case .done:
                if exchange?.completed(tag: rows.handle.commandTag) == true { exchange?.results.append(rows) }
            case .failed: exchange?.failed(rows.handle.error)
            case .aborted: exchange?.skipped()
            case .synced: exchange?.synced()
            case .unexpected: exchange?.violated()
            }
        }
    }

    /// Gives up the session that broke, and tells why.
    private func lostConnection() -> PostgresError {
        let text = handle?.errorMessage ?? ""
        let failure = exchange?.failure
        dropSession()
        if let failure { return failure.recoded(.connectionLost) }
        return PostgresError(.connectionLost, ServerMessage.masking(plan.secrets, in: ServerMessage.firstLine(text)))
    }

    /// Takes over the rows and the news about prepared statements, or throws the failure.
    private func finishExchange() throws(PostgresError) -> [Rows] {
        guard let ended = exchange else { throw PostgresError(.connectionLost, "the connection is gone") }
        exchange = nil
        if ended.steps.first == .forgetStatements, ended.failure == nil { mustForgetStatements = false }
        prepared.formUnion(ended.prepared)
        guard let failure = ended.failure else { return ended.results }
        // The server is a standby now, or was one when the session began: another session may find the primary.
        if failure.sqlState == .readOnlyTransaction { dropSession() }
        switch failure.code {
        case .server(.featureNotSupported), .server(.unknownStatementName):
            mustForgetStatements = true
            throw failure.recoded(.staleStatement)
        default: throw failure
        }
    }

    // MARK: - Interruption

    /// Has the server cancel what is under way.
    ///
    /// - Returns: the error to throw; `nil` if the exchange has ended after all and its own outcome counts.
    private func interrupt(as interruption: PostgresError) async -> PostgresError? {
        let grace = ContinuousClock.now + Self.cancelGrace
        let cancel = handle?.makeCancelHandle()
        do {
            // A request that arrives late must not hit the next unit of work, so its end is awaited first.
            try await outcome(of: { await HelperThread.run { cancel?.requestCancel() } }, until: grace)
            guard try await pump(until: grace) == .ready else {
                dropSession()
                return interruption
            }
        } catch {
            dropSession()
            return error.code == .closed ? error : interruption
        }
        if case .server(.queryCancelled) = exchange?.failure?.code {
            let statement = exchange?.failure?.statement
            _ = try? finishExchange()
            var error = interruption
            error.sqlState = .queryCancelled
            error.statement = statement
            return error
        }
        return nil
    }
}
