internal import Orders

/// Commands that may be what ended a worker before.
extension Lane {
    /// Takes the next batch: suspects, or what is not suspected.
    func takeCarefully() -> [ReceivedCommand] {
        let limit = configuration.batchLimit
        guard let first = received.elements.firstIndex(where: \.command.history.isSuspect) else {
            hasSuspects = false
            return takeReceived(atMost: limit)
        }
        if first > 0 { return takeReceived(atMost: min(first, limit)) }
        let suspects = received.elements.prefix { $0.command.history.isSuspect }.count
        return takeReceived(atMost: min(suspects, limit))
    }

    /// Reads, stores and settles suspects with nothing else in hand.
    ///
    /// What came before them is settled, and what came behind them is not begun. If one of them ends the process, the
    /// ledger knows that it was among these.
    ///
    /// - Returns: `false` if that was given up, and the session with it.
    func commitSuspects(_ suspects: [ReceivedCommand]) async -> Bool {
        await untilSettled()
        await ward.enter()
        defer { ward.leave() }
        let ids = suspects.map { intake.suspectID(of: $0.command) }
        let deaths = await untilStoreAnswers(heldSince: suspects[0].receivedAt) { () async throws(StoreError) in
            try await ledger.deaths(with: ids)
        }
        guard let deaths else { return false }
        var next = 0
        while next < suspects.count {
            let end = next + RedeliveryRule.groupSize(deaths[next...])
            let isDone = await commitGroup(Array(suspects[next..<end]), Array(ids[next..<end]), deaths: deaths[next])
            guard isDone else { return false }
            next = end
        }
        return true
    }

    /// - Parameter deaths: how many processes ended with the one that stands alone; 0 for a group.
    private func commitGroup(_ suspects: [ReceivedCommand], _ ids: [SuspectID], deaths: Int) async -> Bool {
        let now = clock.now()
        let taken: Void? = await untilStoreAnswers(heldSince: suspects[0].receivedAt) { () async throws(StoreError) in
            try await ledger.take(ids, at: now)
        }
        guard taken != nil else { return false }
        var group: [ReceivedCommand] = []
        for suspect in suspects {
            let command = await look(at: suspect.command, deaths: deaths)
            group.append(ReceivedCommand(command: command, receivedAt: suspect.receivedAt))
        }
        let isPassed = await commitAndPass(group)
        if isPassed { await untilSettled() }
        await letGo(ids, areSettled: isPassed && !isSessionLost)
        return isPassed
    }

    private func look(at command: IncomingCommand, deaths: Int) async -> IncomingCommand {
        switch RedeliveryRule.verdict(afterDeaths: deaths) {
        case .read: await intake.read(command)
        case .bury: command.reading(.refused(Self.deliveryLimit(deaths), intake.sender(of: command)))
        case .buryBlind: command.reading(.refused(Self.deliveryLimit(deaths), nil))
        }
    }

    private static func deliveryLimit(_ deaths: Int) -> Refusal {
        Refusal(.deliveryLimit, "The worker ended \(deaths) times with this command in hand")
    }

    // MARK: - The ledger

    /// Asks until there is an answer, however long the store is away.
    ///
    /// - Returns: `nil` if this was given up.
    private func untilStoreAnswers<Value>(
        heldSince receivedAt: Duration,
        _ ask: () async throws(StoreError) -> Value
    ) async -> Value? {
        var pause = RetryPause.ofStore
        while !isSessionLost && !Task.isCancelled {
            do {
                let value = try await ask()
                storeAnswered()
                return value
            } catch {
                storeFailed(error)
            }
            if isHeldTooLong(since: receivedAt) { return nil }
            await clock.sleep(pause.next())
        }
        return nil
    }

    /// One try: what stays behind in the ledger tells of a death too many, and it takes several to be buried.
    private func letGo(_ ids: [SuspectID], areSettled: Bool) async {
        let ledger = ledger
        // In a task of its own, because the end often comes with the caller's cancellation.
        await Task {
            if areSettled {
                try? await ledger.settle(ids)
            } else {
                try? await ledger.giveBack(ids)
            }
        }.value
    }
}
