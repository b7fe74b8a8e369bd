internal import Orders

/// The middle of a lane: what was received becomes stored.
extension Lane {
    func commitAll() async {
        while let batch = await nextReceived() {
            let isDone =
                hasSuspects && batch[0].command.history.isSuspect
                ? await commitSuspects(batch) : await commitAndPass(batch)
            guard isDone else { break }
            await gatherMore()
        }
        // A batch that was given up ends the session: its deliveries must come again.
        if !received.isClosed { await handBack() }
        finished.close()
    }

    /// Lets the next batch grow while the pacer says so; nothing is read meanwhile but at its looks.
    private func gatherMore() async {
        while let pause = pacer.pause(waiting: received.count, at: clock.uptime()) {
            commitBegins()
            await clock.sleep(pause)
            await commitEnded()
        }
    }

    private func nextReceived() async -> [ReceivedCommand]? {
        if !received.isReadable {
            await withCheckedContinuation { received.wait($0) }
        }
        let batch = hasSuspects ? takeCarefully() : takeReceived(atMost: configuration.batchLimit)
        return batch.isEmpty ? nil : batch
    }

    /// Stores what the batch asks for and passes it on.
    ///
    /// - Returns: `false` if that was given up, and nothing of the batch may be settled.
    func commitAndPass(_ batch: [ReceivedCommand]) async -> Bool {
        commitBegins()
        pacer.begins(count: batch.count, at: clock.uptime())
        let done = await commit(batch)
        await commitEnded()
        guard let done else { return false }
        batchIsPassed()
        finished.put(CollectionOfOne(done))
        return true
    }

    private func commit(_ batch: [ReceivedCommand]) async -> FinishedBatch? {
        let began = clock.uptime()
        let receivedAt = batch.first?.receivedAt ?? began
        var batch = batch
        guard let findings = await executeIsolating(&batch) else { return nil }
        return FinishedBatch(
            entries: entries(of: batch, findings),
            receivedAt: receivedAt,
            commitBegan: began,
            commitEnded: clock.uptime()
        )
    }

    private func entries(of batch: [ReceivedCommand], _ findings: [Finding]) -> [FinishedBatch.Entry] {
        var findings = findings.makeIterator()
        return batch.map { item in
            switch item.command.reading {
            case .accepted(let command, let caller):
                return entry(of: item.command, command, caller, findings.next())
            case .refused(let refusal, let caller):
                return .init(command: item.command, ending: .done(.refused(refusal)), orderID: nil, caller: caller)
            case .undecided(let reason):
                return .init(command: item.command, ending: .undecided(reason: reason), orderID: nil, caller: nil)
            case .unread:
                // Cannot happen: a suspect is read when it stands alone.
                return .init(command: item.command, ending: .undecided(reason: "unread"), orderID: nil, caller: nil)
            }
        }
    }

    private func entry(
        of incoming: IncomingCommand,
        _ command: Command,
        _ caller: Caller,
        _ finding: Finding?
    ) -> FinishedBatch.Entry {
        let failure: RetryPolicy.Failure
        let reason: String
        switch finding {
        case .done(let result):
            if result.outcome.refusal?.code != .internalError {
                return .init(command: incoming, ending: .done(result.outcome), orderID: result.orderID, caller: caller)
            }
            (failure, reason) = (.passing, result.outcome.refusal?.message ?? "")
        case .rejected(let text):
            (failure, reason) = (.lasting, text)
        case .obstructed(let text):
            (failure, reason) = (.passing, text)
        case .unproven(let reason):
            return .init(command: incoming, ending: .undecided(reason: reason), orderID: nil, caller: caller)
        case nil:
            // Cannot happen: the search finds something for each.
            (failure, reason) = (.passing, "The store gave no result")
        }
        return .init(
            command: incoming,
            ending: ending(of: incoming, command, failure, reason),
            orderID: nil,
            caller: caller
        )
    }

    private func ending(
        of incoming: IncomingCommand,
        _ command: Command,
        _ failure: RetryPolicy.Failure,
        _ reason: String
    ) -> FinishedBatch.Ending {
        let history = incoming.history
        switch RetryPolicy.verdict(on: failure, attempt: history.attempt, isQuestion: command.isQuestion) {
        case .bury:
            return .done(.refused(Refusal(.internalError, "The command could not be stored: \(reason)")))
        case .retry(let delay):
            let next = DeliveryHistory(
                attempt: history.attempt + 1,
                firstFailure: history.firstFailure ?? clock.now()
            )
            return .failed(Postponement(incoming, for: delay, history: next), reason: reason)
        }
    }
}

extension Command {
    fileprivate var isQuestion: Bool {
        switch self {
        case .create, .cancel: false
        case .get, .list: true
        }
    }
}
