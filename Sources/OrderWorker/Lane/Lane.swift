package import Orders

/// One line of work: a consumer, a store connection, and the steps between them.
///
/// Three tasks on one thread overlap: while one batch commits, the next is being read and the one before answered.
/// Deliveries are finished in the order in which they came, so one `multiple` acknowledgement settles a batch.
package actor Lane {
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    nonisolated let executor: any SerialExecutor
    let configuration: LaneConfiguration
    let intake: any CommandIntake
    let store: any OrderStore
    let responder: any CommandResponder
    let relay: EventRelay
    let observer: any WorkerObserver
    let clock: WorkerClock

    /// Received and not yet in a transaction. Bounded by the prefetch: the broker sends no more.
    var received = Mailbox<ReceivedBatch>()
    /// Committed and not yet answered. Bounded likewise.
    var finished = Mailbox<FinishedBatch>()
    /// The connection is gone, so nothing of it can be settled and everything will come again.
    var isSessionLost = false
    private var isShuttingDown = false
    private var storeOutageBegan: Duration?

    struct ReceivedBatch {
        let command: IncomingCommand
        let receivedAt: Duration
    }

    /// Puts a lane together; nothing starts before `run()`.
    ///
    /// - Parameters:
    ///   - executor: shared with the intake and the store, so that calls between the three are no thread changes.
    ///   - intake: this lane's own consumer.
    ///   - store: this lane's own connection.
    package init(
        configuration: LaneConfiguration,
        executor: any SerialExecutor,
        intake: any CommandIntake,
        store: any OrderStore,
        responder: any CommandResponder,
        relay: EventRelay,
        observer: any WorkerObserver,
        clock: WorkerClock
    ) {
        self.configuration = configuration
        self.executor = executor
        self.intake = intake
        self.store = store
        self.responder = responder
        self.relay = relay
        self.observer = observer
        self.clock = clock
    }

    /// Works until `beginShutdown()` has been called and what was in hand is settled, or the task is cancelled.
    package func run() async {
        var pause = RetryPause()
        while !isShuttingDown && !Task.isCancelled {
            guard await waitForStore() else { break }
            do {
                try await intake.open()
            } catch {
                observer.changed(.intakeLost(lane: configuration.name, reason: error.description))
                await intake.close()
                await clock.sleep(pause.next())
                continue
            }
            pause.reset()
            if isShuttingDown { break }
            observer.changed(.intakeOpened(lane: configuration.name))
            await runSession()
            await intake.close()
        }
        await intake.close()
        observer.changed(.laneStopped(lane: configuration.name))
    }

    /// Stops taking new commands; `run()` returns once those in hand are settled.
    package func beginShutdown() async {
        isShuttingDown = true
        await intake.stopReceiving()
    }

    private func runSession() async {
        received = Mailbox()
        finished = Mailbox()
        isSessionLost = false
        await withTaskGroup { group in
            group.addTask { await self.readAll() }
            group.addTask { await self.commitAll() }
            group.addTask { await self.answerAll() }
        }
    }

    // MARK: - Reading

    private func readAll() async {
        while !isSessionLost {
            do {
                let commands = try await intake.receive(atMost: configuration.batchLimit)
                // Empty: consuming was stopped, and everything has been received.
                guard !commands.isEmpty else { break }
                let now = clock.uptime()
                received.put(commands.lazy.map { ReceivedBatch(command: $0, receivedAt: now) })
            } catch {
                loseSession(error.description)
            }
        }
        received.close()
    }

    func loseSession(_ reason: String) {
        guard !isSessionLost else { return }
        isSessionLost = true
        // They are the broker's again.
        received.discardAll()
        received.close()
        observer.changed(.intakeLost(lane: configuration.name, reason: reason))
    }

    // MARK: - Outages of the store

    /// Returns once the store answers, or `false` if the lane is to stop instead.
    private func waitForStore() async -> Bool {
        var pause = RetryPause()
        while !isShuttingDown && !Task.isCancelled {
            do {
                try await store.ping()
                storeAnswered()
                return true
            } catch {
                storeFailed(error)
                await clock.sleep(pause.next())
            }
        }
        return false
    }

    func storeAnswered() {
        guard let began = storeOutageBegan else { return }
        storeOutageBegan = nil
        observer.changed(.storeBack(lane: configuration.name, after: clock.uptime() - began))
        // A commit may have happened unseen, and its events with it.
        relay.scanSoon()
    }

    func storeFailed(_ error: StoreError) {
        guard storeOutageBegan == nil else { return }
        storeOutageBegan = clock.uptime()
        observer.changed(.storeAway(lane: configuration.name, reason: error.description))
    }

    /// The outage has lasted so long that the broker would soon take the deliveries away by force.
    var mustHandBack: Bool {
        guard let began = storeOutageBegan else { return false }
        return clock.uptime() - began > configuration.holdLimit
    }
}
