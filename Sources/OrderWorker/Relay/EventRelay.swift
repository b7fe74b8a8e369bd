package import Orders

/// Publishes what was committed: from memory as it comes, from the outbox at the start and after a failure.
///
/// An event leaves the outbox only when the broker has confirmed it, so whatever happens in between, it is published
/// again under the same id.
package actor EventRelay {
    private let outbox: any EventOutbox
    private let publisher: any EventPublisher
    private let observer: any WorkerObserver
    private let clock: WorkerClock
    private let configuration: RelayConfiguration
    private let buffer: EventBuffer
    private var isOutboxAway = false

    package init(
        outbox: any EventOutbox,
        publisher: any EventPublisher,
        observer: any WorkerObserver,
        clock: WorkerClock,
        configuration: RelayConfiguration = RelayConfiguration()
    ) {
        self.outbox = outbox
        self.publisher = publisher
        self.observer = observer
        self.clock = clock
        self.configuration = configuration
        buffer = EventBuffer(limit: configuration.bufferLimit)
    }

    /// Takes events that were just committed. Never waits.
    package nonisolated func offer(_ events: [StagedEvent]) {
        buffer.put(events)
    }

    /// Asks for a look through the outbox: something may have been committed unseen.
    package nonisolated func scanSoon() {
        buffer.noteTrouble()
    }

    /// No more events will be offered; `run()` returns once those in memory have been tried.
    package nonisolated func finish() {
        buffer.finish()
    }

    /// Works until `finish()` was called, or the task is cancelled.
    package func run() async {
        await withTaskGroup { group in
            group.addTask { await self.sweepRegularly() }
            await self.publishAll()
            group.cancelAll()
        }
    }

    private func sweepRegularly() async {
        buffer.noteTrouble()
        var ticks = 0
        while !Task.isCancelled {
            if buffer.takeTrouble() || ticks.isMultiple(of: configuration.ticksBetweenSweeps) {
                buffer.demandScan()
            }
            ticks += 1
            await clock.sleep(configuration.tick)
        }
    }

    private func publishAll() async {
        while !Task.isCancelled {
            let work = buffer.take(atMost: configuration.batchLimit)
            if !work.events.isEmpty { await publishAndDelete(work.events) }
            if !work.ordersToScan.isEmpty { await publishStaged(of: work.ordersToScan) }
            if work.isFinished { return }
            if work.mustScanAll { await sweep() }
            await buffer.wait()
        }
    }

    /// Looks through the whole outbox, page by page.
    private func sweep() async {
        var position: StagedEventKey?
        while !Task.isCancelled {
            let page: [StagedEvent]
            do {
                page = try await outbox.scan(
                    after: position,
                    minimumAge: configuration.minimumAge,
                    limit: configuration.batchLimit
                )
                outboxAnswered()
            } catch {
                return outboxFailed(error)
            }
            guard await publishAndDelete(page), page.count == configuration.batchLimit else { return }
            position = page.last?.key
        }
    }

    /// Publishes events that had an older one of their order before them, in order.
    private func publishStaged(of orders: [OrderID]) async {
        do {
            let events = try await outbox.scan(orders: orders)
            outboxAnswered()
            await publishAndDelete(events)
        } catch {
            outboxFailed(error)
        }
    }

    /// Publishes the events, those that the broker did not confirm again and again, and deletes them.
    ///
    /// - Returns: whether all of them are out of the outbox.
    @discardableResult
    private func publishAndDelete(_ events: [StagedEvent]) async -> Bool {
        var rest = events
        var pause = RetryPause()
        while !rest.isEmpty {
            await publisher.waitUntilAvailable()
            if Task.isCancelled { return false }
            let began = clock.uptime()
            let deliveries = await publisher.publish(rest)
            let round = PublishRound(rest, deliveries)
            observer.relayed(round.report(duration: clock.uptime() - began))
            guard await delete(round.settled) else { return false }
            rest = round.unsettled
            if !rest.isEmpty { await clock.sleep(pause.next()) }
        }
        return true
    }

    private func delete(_ keys: [StagedEventKey]) async -> Bool {
        guard !keys.isEmpty else { return true }
        do {
            try await outbox.delete(keys)
            outboxAnswered()
            return true
        } catch {
            outboxFailed(error)
            return false
        }
    }

    private func outboxAnswered() {
        guard isOutboxAway else { return }
        isOutboxAway = false
        observer.changed(.outboxBack)
    }

    /// What could not be read or deleted is still there: the next look finds it.
    private func outboxFailed(_ error: StoreError) {
        buffer.noteTrouble()
        guard !isOutboxAway else { return }
        isOutboxAway = true
        observer.changed(.outboxAway(reason: error.description))
    }
}
