internal import ThreadExecutor

extension Publisher {
    /// Waits for a connection.
    ///
    /// - Returns: whether there is one; false at the deadline and on cancellation.
    package func waitUntilConnected(until deadline: ContinuousClock.Instant) async -> Bool {
        while link == nil {
            guard await waitForChange(.connection, until: deadline) else { return false }
        }
        return true
    }

    /// Waits until everything is written and confirmed.
    ///
    /// - Returns: whether it is; false at the deadline and on cancellation.
    package func waitUntilIdle(until deadline: ContinuousClock.Instant) async -> Bool {
        while !isIdle {
            guard await waitForChange(.idle, until: deadline) else { return false }
        }
        return true
    }

    var isIdle: Bool { queue.isEmpty && window.isEmpty && (link?.unsentByteCount ?? 0) == 0 }

    /// Suspends until the change is announced; what it means is for the caller to look at.
    func waitForChange(_ change: ChangeWaiter.Change, until deadline: ContinuousClock.Instant?) async -> Bool {
        let id = makeID()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume(returning: false)
                } else if hasHappened(change) {
                    // Between the caller's look and this one, other jobs may have run.
                    continuation.resume(returning: true)
                } else {
                    waiters[id] = ChangeWaiter(change: change, deadline: deadline, continuation: continuation)
                    watchDeadlines()
                }
            }
        } onCancel: {
            Task { await endWait(id) }
        }
    }

    private func hasHappened(_ change: ChangeWaiter.Change) -> Bool {
        switch change {
        case .connection: link != nil
        case .idle: isIdle
        case .replies: !replies.isEmpty || link == nil
        // How much room is needed, the caller alone knows; it is told of more with every turn of the pump.
        case .room: link == nil
        }
    }

    private func endWait(_ id: UInt64) {
        waiters.removeValue(forKey: id)?.continuation.resume(returning: false)
    }

    func announce(_ change: ChangeWaiter.Change) {
        guard !waiters.isEmpty else { return }
        for (id, waiter) in waiters where waiter.change == change {
            waiters[id] = nil
            waiter.continuation.resume(returning: true)
        }
    }

    /// Sees to it that deadlines are kept, whether `run()` is running or not.
    ///
    /// The task ends by itself once nobody waits.
    func watchDeadlines() {
        guard !isWatchingDeadlines else { return }
        isWatchingDeadlines = true
        Task { await withTaskExecutorPreference(executor) { await sweepWhileSomebodyWaits() } }
    }

    /// Ends what has passed its deadline, four times a second.
    private func sweepWhileSomebodyWaits() async {
        repeat {
            _ = await executor.sleep(until: .now + .milliseconds(250))
            let now = ContinuousClock.now
            for batch in awaited.values where batch.deadline <= now { giveUp(batch.id) }
            for (id, waiter) in waiters where waiter.deadline.map({ $0 <= now }) ?? false { endWait(id) }
        } while !awaited.isEmpty || !waiters.isEmpty
        isWatchingDeadlines = false
    }

    /// Settles a batch as far as it is known, and lets its unwritten rest be.
    func giveUp(_ id: UInt64) {
        guard let batch = awaited.removeValue(forKey: id) else { return }
        if !batch.isWritten { queue.removeAll { $0 === batch } }
        batch.giveUp()
    }
}
