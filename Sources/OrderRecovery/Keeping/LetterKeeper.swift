package import Orders

/// Takes dead letters from their queue into the store: keeps them, and only then acknowledges them.
///
/// While the store is away nothing is acknowledged. What was kept and not acknowledged comes again, and is found to be
/// there already.
package struct LetterKeeper: Sendable {
    private let source: any DeadLetterSource
    private let store: any DeadLetterStore
    private let clock: RecoveryClock
    private let observer: any RecoveryObserver
    private let patience: StorePatience
    private let batchLimit: Int

    private static let reconnectPause = Duration.seconds(2)

    /// Puts the keeper together; nothing happens before `run()`.
    ///
    /// - Parameter batchLimit: letters to a transaction, at most.
    package init(
        source: any DeadLetterSource,
        store: any DeadLetterStore,
        clock: RecoveryClock,
        observer: any RecoveryObserver,
        batchLimit: Int = 200
    ) {
        self.source = source
        self.store = store
        self.clock = clock
        self.observer = observer
        self.batchLimit = max(1, batchLimit)
        patience = StorePatience(clock: clock, observer: observer)
    }

    /// Keeps letters until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            do {
                try await source.open()
                try await keepAll()
            } catch {
                if Task.isCancelled { break }
                observer.sourceLost(error, retryAfter: Self.reconnectPause)
                await source.close()
                await clock.sleep(Self.reconnectPause)
            }
        }
        await source.close()
    }

    private func keepAll() async throws(IntakeError) {
        while !Task.isCancelled {
            let deliveries = try await source.receive(atMost: batchLimit)
            guard let last = deliveries.last else { return }
            let (store, time) = (store, clock.now())
            let letters = deliveries.map(\.letter)
            let new = await patience.ask { () async throws(StoreError) in
                try await store.keep(letters, at: time)
            }
            guard let new else { return }
            try await source.settle(through: last.mark)
            observer.kept(deliveries.count, new: new)
        }
    }
}
