internal import Orders

/// The middle of a lane: what was received becomes stored.
extension Lane {
    func commitAll() async {
        while let batch = await nextReceived() {
            commitBegins()
            pacer.begins(count: batch.count, at: clock.uptime())
            let done = await commit(batch)
            await commitEnded()
            guard let done else { break }
            finished.put(CollectionOfOne(done))
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
        let batch = received.take(atMost: configuration.batchLimit)
        return batch.isEmpty ? nil : batch
    }

    /// Stores what the batch asks for.
    ///
    /// - Returns: `nil` if that was given up, and nothing of the batch may be settled.
    private func commit(_ batch: [ReceivedCommand]) async -> FinishedBatch? {
        let began = clock.uptime()
        let now = clock.now()
        var requests: [StoreRequest] = []
        requests.reserveCapacity(batch.count)
        for item in batch {
            guard case .accepted(let command, let caller) = item.command.reading else { continue }
            let context = item.command.context
            requests.append(
                StoreRequest(
                    command: command,
                    caller: caller,
                    requestID: context.requestID,
                    traceparent: context.traceparent,
                    now: now
                )
            )
        }
        let receivedAt = batch.first?.receivedAt ?? began
        var results: [StoreResult] = []
        if !requests.isEmpty {
            guard let stored = await executeIsolating(requests, heldSince: receivedAt) else { return nil }
            results = stored
        }
        return FinishedBatch(
            entries: entries(of: batch, results),
            receivedAt: receivedAt,
            commitBegan: began,
            commitEnded: clock.uptime()
        )
    }

    private func entries(of batch: [ReceivedCommand], _ results: [StoreResult]) -> [FinishedBatch.Entry] {
        var results = results.makeIterator()
        return batch.map { item in
            switch item.command.reading {
            case .accepted(_, let caller):
                let result = results.next()
                // The store gives one result a request; were one missing, that would be our fault, not the sender's.
                let outcome = result?.outcome ?? .refused(Refusal(.internalError, "The store gave no result"))
                return .init(command: item.command, ending: .done(outcome), orderID: result?.orderID, caller: caller)
            case .refused(let refusal, let caller):
                return .init(command: item.command, ending: .done(.refused(refusal)), orderID: nil, caller: caller)
            case .undecided(let reason):
                return .init(command: item.command, ending: .postponed(reason: reason), orderID: nil, caller: nil)
            }
        }
    }

    // MARK: - One bad message hurts only itself

    /// Executes the requests; if the store rejects them, the halves apart, until the culprits stand alone.
    ///
    /// - Returns: one result a request, or `nil` if it was given up.
    private func executeIsolating(
        _ requests: [StoreRequest],
        heldSince receivedAt: Duration
    ) async -> [StoreResult]? {
        switch await attempt(requests, heldSince: receivedAt) {
        case .done(let results):
            // At once: the rest of the batch may still be given up, and then nobody else knows of these.
            relay.offer(results.compactMap(\.event))
            return results
        case .abandoned:
            return nil
        case .rejected(let reason):
            guard requests.count > 1 else {
                let refusal = Refusal(.internalError, "The command could not be stored: \(reason)")
                return [StoreResult(.refused(refusal), orderID: nil)]
            }
            let middle = requests.count / 2
            guard let first = await executeIsolating(Array(requests[..<middle]), heldSince: receivedAt),
                let second = await executeIsolating(Array(requests[middle...]), heldSince: receivedAt)
            else { return nil }
            return first + second
        }
    }

    private enum Attempt {
        case done([StoreResult])
        case rejected(String)
        case abandoned
    }

    /// Tries until the store says yes or no: an outage is nobody's failure, so it is waited out.
    private func attempt(_ requests: [StoreRequest], heldSince receivedAt: Duration) async -> Attempt {
        var pause = RetryPause(first: .milliseconds(50), most: .seconds(2))
        while !isSessionLost && !Task.isCancelled {
            do {
                let results = try await store.execute(requests)
                storeAnswered()
                return .done(results)
            } catch {
                switch error.kind {
                case .rejected:
                    storeAnswered()
                    return .rejected(error.description)
                case .contended:
                    break
                case .unavailable:
                    storeFailed(error)
                }
                if isHeldTooLong(since: receivedAt) { return .abandoned }
                await clock.sleep(pause.next())
            }
        }
        return .abandoned
    }
}
