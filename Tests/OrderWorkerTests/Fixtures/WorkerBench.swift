import OrderTestKit
import OrderWorker
import Orders

/// A worker with lanes and a relay on in-memory ports, and clocks that a test moves.
struct WorkerBench: Sendable {
    let laneClock = ManualClock()
    let relayClock = ManualClock()
    let queue = InMemoryQueue()
    let intakes: [InMemoryIntake]
    let store: InMemoryOrderStore
    let ledger = InMemorySuspectLedger()
    let responder: RecordingResponder
    let publisher = RecordingPublisher()
    let observer = RecordingObserver()
    let relay: EventRelay
    let worker: OrderWorker

    var intake: InMemoryIntake { intakes[0] }

    init(
        lanes: Int = 1,
        batchLimit: Int = 100,
        prefetch: Int = 1000,
        holdLimit: Duration = .seconds(1200),
        relayConfiguration: RelayConfiguration = RelayConfiguration()
    ) {
        let (queue, ledger, laneClock, relayClock, observer) = (queue, ledger, laneClock, relayClock, observer)
        let store = InMemoryOrderStore(uptime: { relayClock.uptime })
        let responder = RecordingResponder { postponement in
            let command = postponement.command
            var reading = command.reading
            // What was undecided can be judged the next time.
            if case .undecided = reading {
                reading = .accepted(Sample.create(command.context.requestID), Sample.caller())
            }
            // The broker counts anew what was published anew.
            let history = DeliveryHistory(
                attempt: postponement.history.attempt,
                firstFailure: postponement.history.firstFailure
            )
            queue.publish(command.context, reading, history: history)
        }
        let intakes = (1...lanes).map { InMemoryIntake(queue, prefetch: prefetch, link: $0) }
        let relay = EventRelay(
            executor: QueueExecutor(),
            outbox: store,
            publisher: publisher,
            observer: observer,
            clock: ServiceClock(relayClock),
            configuration: relayConfiguration
        )
        let ward = IsolationWard()
        worker = OrderWorker(
            lanes: intakes.enumerated().map { index, intake in
                Lane(
                    configuration: LaneConfiguration(
                        name: "commands-\(index + 1)",
                        batchLimit: batchLimit,
                        holdLimit: holdLimit
                    ),
                    executor: QueueExecutor(),
                    intake: intake,
                    store: store,
                    ledger: ledger,
                    responder: responder,
                    relay: relay,
                    observer: observer,
                    clock: ServiceClock(laneClock),
                    ward: ward
                )
            },
            relay: relay
        )
        self.store = store
        self.responder = responder
        self.intakes = intakes
        self.relay = relay
    }

    /// Runs the worker around the body, then shuts it down and waits until it has returned.
    func run(_ body: @escaping @Sendable (WorkerBench) async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await worker.run() }
            try await body(self)
            await worker.beginShutdown()
            try await group.waitForAll()
        }
    }

    /// Runs the worker around the body, then cancels it and waits until it has returned.
    func runUntilCancelled(_ body: @escaping @Sendable (WorkerBench) async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await worker.run() }
            try await body(self)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Publishes creates in one go: request id, key and customer are one text each.
    func publishCreates(_ ids: some Sequence<String>, customerID: String = "cust_123", wantsReply: Bool = true) {
        queue.publish(
            ids.map { ($0, Sample.create($0, customerID: customerID)) },
            wantsReply: wantsReply
        )
    }

    /// Moves the lanes over every sleep they take, as long as the body runs.
    func whileLanesHurry(_ body: () async -> Void) async {
        await laneClock.hurry(during: body)
    }
}
