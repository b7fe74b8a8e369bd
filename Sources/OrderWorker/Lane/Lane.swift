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
    let ledger: any SuspectLedger
    let responder: any CommandResponder
    let relay: EventRelay
    let observer: any WorkerObserver
    let clock: ServiceClock
    let ward: IsolationWard

    /// What a batch may hold, in bytes: a few of the largest commands, and thousands of ordinary ones.
    private static let weightLimit = 4 << 20
    /// What may be in hand before no more is read, in bytes as they came: one batch is stored, another comes in.
    private static let heldByteLimit = 8 << 20

    /// Received and not yet in a transaction, bounded by the prefetch: the broker sends no more.
    var received = Mailbox<ReceivedCommand>()
    /// Of what was received.
    private var receivedWeight = 0
    /// Of what was received and is not settled.
    private var heldByteCount = 0
    /// Committed and not yet answered, bounded likewise.
    var finished = Mailbox<FinishedBatch>()
    var pacer = BatchPacer()
    /// The connection is gone, so nothing of it can be settled and everything will come again.
    var isSessionLost = false
    /// There may be suspects among those received.
    var hasSuspects = false
    /// Batches that are passed on to be answered and not settled yet.
    private var unsettledBatches = 0
    private var settlementWaiter: CheckedContinuation<Void, Never>?
    private var isCommitting = false
    private var pausedReader: CheckedContinuation<Void, Never>?
    private var isShuttingDown = false
    private var isIntakeAway = false
    private var storeOutageBegan: Duration?
    private var resting: Task<Void, Never>?

    /// How long a connection must have held for its loss to be a new trouble.
    private static let steadyConnection: Duration = .seconds(10)

    struct ReceivedCommand {
        let command: IncomingCommand
        let receivedAt: Duration
    }

    /// Puts a lane together; nothing starts before `run()`.
    ///
    /// - Parameters:
    ///   - executor: shared with the intake and the store, so that calls between the three are no thread changes.
    ///   - intake: this lane's own consumer.
    ///   - store: this lane's own connection.
    ///   - ledger: over the same connection.
    ///   - ward: shared by all lanes of the process.
    package init(
        configuration: LaneConfiguration,
        executor: any SerialExecutor,
        intake: any CommandIntake,
        store: any OrderStore,
        ledger: any SuspectLedger,
        responder: any CommandResponder,
        relay: EventRelay,
        observer: any WorkerObserver,
        clock: ServiceClock,
        ward: IsolationWard = IsolationWard()
    ) {
        self.configuration = configuration
        self.executor = executor
        self.intake = intake
        self.store = store
        self.ledger = ledger
        self.responder = responder
        self.relay = relay
        self.observer = observer
        self.clock = clock
        self.ward = ward
    }

    /// Works until `beginShutdown()` has been called and what was in hand is settled, or the task is cancelled.
    package func run() async {
        var pause = RetryPause()
        while !mustStop {
            guard await waitForStore() else { break }
            if await openIntake() {
                let opened = clock.uptime()
                await runSession()
                // Only a connection that held shows that the trouble is over.
                if clock.uptime() - opened > Self.steadyConnection { pause.reset() }
            }
            await intake.close()
            await rest(pause.next())
        }
        await intake.close()
        observer.changed(.laneStopped(lane: configuration.name))
    }

    /// Stops taking new commands; `run()` returns once those in hand are settled.
    package func beginShutdown() async {
        isShuttingDown = true
        resting?.cancel()
        await intake.stopReceiving()
    }

    private var mustStop: Bool { isShuttingDown || Task.isCancelled }

    /// Connects to the queue.
    ///
    /// - Returns: whether there is a session to run.
    private func openIntake() async -> Bool {
        do {
            try await intake.open()
        } catch {
            intakeFailed(error.description)
            return false
        }
        // The wish to stop may have come when there was nothing to stop yet.
        guard !mustStop else { return false }
        isIntakeAway = false
        observer.changed(.intakeOpened(lane: configuration.name))
        return true
    }

    private func intakeFailed(_ reason: String) {
        guard !isIntakeAway, !Task.isCancelled else { return }
        isIntakeAway = true
        observer.changed(.intakeLost(lane: configuration.name, reason: reason))
    }

    /// Waits with nothing in hand, so a shutdown ends the wait.
    private func rest(_ duration: Duration) async {
        guard !mustStop else { return }
        let sleep = clock.sleep
        let task = Task { await sleep(duration) }
        resting = task
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        resting = nil
    }

    private func runSession() async {
        received = Mailbox()
        receivedWeight = 0
        heldByteCount = 0
        finished = Mailbox()
        isSessionLost = false
        hasSuspects = false
        unsettledBatches = 0
        isCommitting = false
        await withTaskGroup { group in
            group.addTask { await self.readAll() }
            group.addTask { await self.commitAll() }
            group.addTask { await self.answerAll() }
        }
    }

    // MARK: - Reading

    /// Reads until the session ends.
    ///
    /// While a batch commits, only the first arrivals are read: the others are read in one go when the commit has
    /// ended, because waking up for each costs more than it gains.
    private func readAll() async {
        while !isSessionLost {
            while mustPauseReading { await withCheckedContinuation { pauseReading($0) } }
            do {
                let commands = try await intake.receive(atMost: configuration.batchLimit)
                // Empty: consuming was stopped, and everything has been received.
                guard !commands.isEmpty else { break }
                let now = clock.uptime()
                if commands.contains(where: \.history.isSuspect) { hasSuspects = true }
                for command in commands {
                    receivedWeight += command.weight
                    heldByteCount += command.origin.byteCount
                }
                received.put(commands.lazy.map { ReceivedCommand(command: $0, receivedAt: now) })
            } catch {
                loseSession(error.description)
            }
        }
        received.close()
    }

    private var mustPauseReading: Bool {
        guard !isSessionLost else { return false }
        if heldByteCount >= Self.heldByteLimit { return true }
        guard !received.isEmpty else { return false }
        return receivedWeight >= Self.weightLimit || isCommitting && storeOutageBegan == nil
    }

    /// Takes the next of what was received: as much as a batch may count and hold.
    func takeReceived(atMost limit: Int) -> [ReceivedCommand] {
        var (count, weight) = (0, 0)
        for item in received.elements.prefix(max(0, limit)) {
            let next = weight + item.command.weight
            guard count == 0 || next <= Self.weightLimit else { break }
            weight = next
            count += 1
        }
        receivedWeight -= weight
        return received.take(atMost: count)
    }

    /// Looks again: the commit may have ended since the first look.
    private func pauseReading(_ reader: CheckedContinuation<Void, Never>) {
        if mustPauseReading {
            pausedReader = reader
        } else {
            reader.resume()
        }
    }

    private func resumeReading() {
        pausedReader?.resume()
        pausedReader = nil
    }

    func commitBegins() {
        isCommitting = true
    }

    /// Lets what has arrived meanwhile be read, so that it goes into the next batch.
    func commitEnded() async {
        isCommitting = false
        guard pausedReader != nil else { return }
        resumeReading()
        await Task.yield()
    }

    // MARK: - Settling

    func batchIsPassed() {
        unsettledBatches += 1
    }

    func isSettled(_ batch: FinishedBatch) {
        unsettledBatches -= 1
        if unsettledBatches == 0 { resumeSettlementWaiter() }
        let wasFull = heldByteCount >= Self.heldByteLimit
        for entry in batch.entries { heldByteCount -= entry.command.origin.byteCount }
        if wasFull { resumeReading() }
    }

    /// Waits until nothing is in hand but what was received and not begun; or the session is lost.
    func untilSettled() async {
        guard unsettledBatches > 0, !isSessionLost else { return }
        await withCheckedContinuation { settlementWaiter = $0 }
    }

    private func resumeSettlementWaiter() {
        settlementWaiter?.resume()
        settlementWaiter = nil
    }

    func loseSession(_ reason: String) {
        guard !isSessionLost else { return }
        isSessionLost = true
        resumeReading()
        resumeSettlementWaiter()
        // They are the broker's again.
        received.discardAll()
        receivedWeight = 0
        received.close()
        intakeFailed(reason)
    }

    /// Ends the session with deliveries unsettled: they are the broker's again, and come again.
    func handBack() async {
        loseSession("deliveries are handed back")
        // Ends the receiving as well, which may not have noticed anything.
        await intake.close()
    }

    /// The delivery has been in hand so long that the broker would soon take it away by force.
    func isHeldTooLong(since receivedAt: Duration) -> Bool {
        clock.uptime() - receivedAt > configuration.holdLimit
    }

    // MARK: - Outages of the store

    /// Returns once the store answers, or `false` if the lane is to stop instead.
    private func waitForStore() async -> Bool {
        var pause = RetryPause()
        while !mustStop {
            do {
                try await store.ping()
                storeAnswered()
                return true
            } catch {
                storeFailed(error)
                await rest(pause.next())
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
        // Being cancelled looks like an outage, and is none.
        guard storeOutageBegan == nil, !Task.isCancelled else { return }
        storeOutageBegan = clock.uptime()
        // An outage may last: the state of the connection must be seen meanwhile.
        resumeReading()
        observer.changed(.storeAway(lane: configuration.name, reason: error.description))
    }
}
