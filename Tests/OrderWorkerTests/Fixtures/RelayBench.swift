import OrderTestKit
import OrderWorker
import Orders

/// A relay on in-memory ports, and a clock that a test moves.
struct RelayBench: Sendable {
    let clock = ManualClock()
    let store: InMemoryOrderStore
    let publisher = RecordingPublisher()
    let observer = RecordingObserver()
    let relay: EventRelay

    init(_ configure: (inout RelayConfiguration) -> Void = { _ in }) {
        var configuration = RelayConfiguration()
        configure(&configuration)
        let clock = clock
        store = InMemoryOrderStore(uptime: { clock.uptime })
        relay = EventRelay(
            executor: QueueExecutor(),
            outbox: store,
            publisher: publisher,
            observer: observer,
            clock: ServiceClock(clock),
            configuration: configuration
        )
    }

    /// Runs the relay around the body, then finishes it and waits until it has returned.
    func run(_ body: @escaping @Sendable (RelayBench) async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await relay.run() }
            try await body(self)
            relay.finish()
            try await group.waitForAll()
        }
    }

    func runUntilCancelled(_ body: @escaping @Sendable (RelayBench) async -> Void) async {
        await withTaskGroup { group in
            group.addTask { await relay.run() }
            await body(self)
            group.cancelAll()
        }
    }

    /// Waits until the look at the start is over and the relay waits for its tick.
    func settle() async {
        await store.waitForLog { $0.scans == 1 }
        await clock.waitForSleepers()
    }

    /// Has the publisher hold one event after the start, so that what is committed next stays in the relay's memory.
    func occupyPublisher() async {
        await settle()
        publisher.hold()
        commit("warm-up")
        await publisher.waitUntilHeld()
    }

    /// Stages events and offers them, as a lane does after its commit.
    func commit(_ keys: String...) {
        commit(keys.map { Sample.event($0) })
    }

    func commit(_ events: StagedEvent...) {
        commit(events)
    }

    func commit(_ events: [StagedEvent]) {
        store.stage(events)
        relay.offer(events)
    }

    /// Stages events that are old enough for every look.
    func age(_ events: StagedEvent...) {
        age(events)
    }

    func age(_ events: [StagedEvent]) {
        store.stage(events)
        clock.advance(by: .seconds(3600))
    }

    /// Moves the clock over every sleep, as long as the body runs.
    func hurry(_ body: () async -> Void) async {
        await clock.hurry(during: body)
    }
}
