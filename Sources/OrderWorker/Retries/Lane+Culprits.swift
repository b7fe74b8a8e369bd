internal import Orders

/// One bad message hurts only itself.
extension Lane {
    typealias Finding = CulpritSearch<StoreResult>.Finding

    /// A try that failed sooner than this was not a matter of waiting, and is worth another before the batch is split.
    private static let quickFailure: Duration = .milliseconds(500)
    private static let quickTries = 3

    /// Executes the batch, with all that arrives while nothing of it can be done: a command that is obstructed alone
    /// is its own culprit only if others pass it.
    ///
    /// - Returns: one finding for each accepted command, or `nil` if it was given up.
    func executeIsolating(_ batch: inout [ReceivedCommand]) async -> [Finding]? {
        var requests = storeRequests(of: batch[...])
        if requests.isEmpty { return [] }
        let receivedAt = batch.first?.receivedAt ?? clock.uptime()
        var pause = RetryPause.ofStore
        while true {
            switch await search(requests, heldSince: receivedAt) {
            case .found(let findings):
                return findings
            case .hopeless(let reason):
                // Nobody may be with a suspect to show whose fault it is; it comes again as one of many.
                if batch.first?.command.history.isSuspect == true { return requests.map { _ in .unproven(reason) } }
                storeFailed(StoreError(.contended, reason))
                if isHeldTooLong(since: receivedAt) { return nil }
                await clock.sleep(pause.next())
            case .tryNext, nil:
                return nil
            }
            let count = batch.count
            takeNewcomers(into: &batch)
            requests += storeRequests(of: batch[count...])
        }
    }

    private func takeNewcomers(into batch: inout [ReceivedCommand]) {
        guard !hasSuspects, batch.count < configuration.batchLimit else { return }
        batch += takeReceived(atMost: configuration.batchLimit - batch.count)
    }

    private func storeRequests(of batch: ArraySlice<ReceivedCommand>) -> [StoreRequest] {
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
        return requests
    }

    /// Searches as long as the batch may be held: a try that waits for a lock takes seconds, and there may be hundreds.
    ///
    /// - Returns: how the search ended, or `nil` if it was given up.
    private func search(
        _ requests: [StoreRequest],
        heldSince receivedAt: Duration
    ) async -> CulpritSearch<StoreResult>.Step? {
        var search = CulpritSearch<StoreResult>(count: requests.count)
        while case .tryNext(let range) = search.next {
            if search.isObstructed, isHeldTooLong(since: receivedAt) {
                search.giveUp()
                break
            }
            let part = range.count == requests.count ? requests : Array(requests[range])
            guard let trial = await attempt(part, heldSince: receivedAt) else { return nil }
            search.tried(trial)
        }
        return search.next
    }

    /// Tries until the store says yes or no: an outage is nobody's failure, so it is waited out.
    ///
    /// - Returns: `nil` if that was given up.
    private func attempt(
        _ requests: [StoreRequest],
        heldSince receivedAt: Duration
    ) async -> CulpritSearch<StoreResult>.Trial? {
        var pause = RetryPause.ofStore
        var quickTries = 0
        while !isSessionLost && !Task.isCancelled {
            let began = clock.uptime()
            do {
                let results = try await store.execute(requests)
                storeAnswered()
                // At once: the rest of the batch may still be given up, and then nobody else knows of these.
                relay.offer(results.compactMap(\.event))
                return .done(results)
            } catch {
                // Part of it may be stored, or all of it, and nobody has those events in memory.
                relay.scanSoon()
                switch error.kind {
                case .rejected:
                    storeAnswered()
                    return .rejected(error.description)
                case .contended:
                    quickTries += 1
                    let isQuick = clock.uptime() - began <= Self.quickFailure && quickTries < Self.quickTries
                    if !isQuick || isHeldTooLong(since: receivedAt) { return .obstructed(error.description) }
                case .unavailable:
                    storeFailed(error)
                }
                if isHeldTooLong(since: receivedAt) { return nil }
                await clock.sleep(pause.next())
            }
        }
        return nil
    }
}
