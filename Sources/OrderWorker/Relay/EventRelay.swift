package import Orders

/// Publishes what was committed: from memory as it comes, from the outbox at the start and after a failure.
///
/// An event leaves the outbox only when the broker has confirmed it, so whatever happens in between, it is published
/// again under the same id.
package actor EventRelay {
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    nonisolated let executor: any SerialExecutor
    private let outbox: any EventOutbox
    private let publisher: any EventPublisher
    private let observer: any WorkerObserver
    private let clock: ServiceClock
    private let configuration: RelayConfiguration
    private let buffer: EventBuffer
    private var isOutboxAway = false
    /// Nothing was confirmed yet, or not all of the last round.
    private var isBrokerInDoubt = true
    private var refusals = RefusalSpell()

    /// Puts the relay together; nothing starts before `run()`.
    ///
    /// - Parameter executor: best shared with the outbox and the publisher, so that calls to them are no thread changes.
    package init(
        executor: any SerialExecutor,
        outbox: any EventOutbox,
        publisher: any EventPublisher,
        observer: any WorkerObserver,
        clock: ServiceClock,
        configuration: RelayConfiguration = RelayConfiguration()
    ) {
        self.executor = executor
        self.outbox = outbox
        self.publisher = publisher
        self.observer = observer
        self.clock = clock
        self.configuration = configuration
        buffer = EventBuffer(limit: configuration.bufferLimit)
    }

    /// Takes events that were just committed, and never waits.
    package nonisolated func offer(_ events: [StagedEvent]) {
        buffer.put(events)
    }

    /// Asks for a look through the outbox: something may have been committed unseen.
    package nonisolated func scanSoon() {
        buffer.noteTrouble()
    }

    /// No more events will be offered; `run()` returns once those in memory have been tried.
    ///
    /// What the broker does not take then stays in the outbox for the next start.
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
        var sweep: OutboxSweep?
        var isSweepDue = false
        while !Task.isCancelled {
            await linger()
            let work = buffer.take(configuration.batchLimit)
            let stuck = await publishAndDelete(work.events)
            // With nobody to take them, the others would only be tried in vain.
            if stuck == nil && buffer.isFinished { return }
            if !work.ordersToScan.isEmpty { await publishStaged(of: work.ordersToScan) }
            if work.isFinished { return }
            if work.mustScanAll { isSweepDue = true }
            if sweep == nil, isSweepDue {
                sweep = OutboxSweep(began: clock.uptime())
                isSweepDue = false
            }
            // Page by page, so that what comes meanwhile need not wait for what others left, however much it is.
            if let page = sweep { sweep = await afterPage(of: page) } else { await buffer.wait() }
        }
    }

    /// Lets a round that is not full wait for more events.
    private func linger() async {
        guard configuration.linger > .zero, !buffer.isFinished else { return }
        if buffer.isStillFilling(configuration.batchLimit) { await clock.sleep(configuration.linger) }
    }

    /// Publishes the next page of a look through the outbox.
    ///
    /// - Returns: how the look goes on, or `nil` if it is over.
    private func afterPage(of sweep: OutboxSweep) async -> OutboxSweep? {
        let page: OutboxPage
        do {
            page = try await outbox.scan(
                after: sweep.position,
                minimumAge: configuration.minimumAge,
                limit: configuration.batchLimit
            )
            outboxAnswered()
        } catch {
            outboxFailed(error)
            return nil
        }
        buffer.drop(page.events)
        guard let stuck = await publishAndDelete(sweep.withoutStuck(page.events)) else { return nil }
        if page.hasMore { return sweep.after(page.events, stuck: stuck) }
        if let spell = refusals.end(lookBegan: sweep.began, now: clock.uptime(), minimumAge: configuration.minimumAge) {
            observer.changed(.eventsTaken(after: spell))
        }
        return nil
    }

    /// Publishes events that had an older one of their order before them, in order.
    private func publishStaged(of orders: [OrderID]) async {
        var sweep = OutboxSweep(began: clock.uptime())
        var hasMore = true
        while hasMore {
            let page: OutboxPage
            do {
                page = try await outbox.scan(orders: orders, after: sweep.position, limit: configuration.batchLimit)
                outboxAnswered()
            } catch {
                return outboxFailed(error)
            }
            guard let stuck = await publishAndDelete(sweep.withoutStuck(page.events)) else { return }
            sweep = sweep.after(page.events, stuck: stuck)
            hasMore = page.hasMore
        }
    }

    /// Publishes the events, those that the broker did not confirm again and again, and deletes them.
    ///
    /// What it refuses is left to a later look, because the others must not wait for whoever it is that does not take it.
    ///
    /// - Returns: the orders of which something is left in the outbox, or `nil` if that was given up.
    @discardableResult
    private func publishAndDelete(_ events: [StagedEvent]) async -> Set<OrderID>? {
        var rest = events
        var stuck: Set<OrderID> = []
        var pause = RetryPause()
        while !rest.isEmpty {
            if isBrokerInDoubt { await unlessFinished { await self.publisher.waitUntilAvailable() } }
            if Task.isCancelled { return nil }
            let began = clock.uptime()
            let round = PublishRound(rest)
            let result = round.result(await publish(round.events))
            observer.relayed(result.report(duration: clock.uptime() - began))
            isBrokerInDoubt = result.unknown > 0
            if let first = result.refused.first { wasRefused(first) }
            guard await delete(result.settled) else { return nil }
            stuck.formUnion(result.stuck)
            rest = result.rest
            if isBrokerInDoubt {
                if buffer.isFinished { return nil }
                let wait = pause.next()
                await unlessFinished { await self.clock.sleep(wait) }
            }
        }
        return stuck
    }

    private func wasRefused(_ event: StagedEvent) {
        guard refusals.note(at: clock.uptime()) else { return }
        // It may be over soon; if not, the regular looks will do.
        buffer.noteTrouble()
        observer.changed(.eventsRefused(first: event.key, type: event.type))
    }

    /// Publishes; after `finish()` a broker in doubt gets one short chance.
    private func publish(_ events: [StagedEvent]) async -> [EventDelivery] {
        guard isBrokerInDoubt && buffer.isFinished else { return await publisher.publish(events) }
        return await withTaskGroup { group in
            group.addTask { await self.publisher.publish(events) as [EventDelivery]? }
            group.addTask {
                await self.clock.sleep(self.configuration.lastChance)
                return nil
            }
            var deliveries: [EventDelivery] = []
            for await answer in group {
                // Whoever was first ends the other; the publisher then says what it knows.
                group.cancelAll()
                if let answer { deliveries = answer }
            }
            return deliveries
        }
    }

    /// Waits, but no longer than until `finish()`.
    private func unlessFinished(_ wait: @escaping @Sendable () async -> Void) async {
        await withTaskGroup { group in
            group.addTask { await wait() }
            group.addTask { await self.buffer.waitUntilFinished() }
            await group.next()
            group.cancelAll()
        }
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
