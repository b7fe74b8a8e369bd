package import Orders

/// Takes dead letters from their queue into the store: keeps them, and only then acknowledges them.
///
/// While the store is away nothing is acknowledged. What was kept and not acknowledged comes again, and is found to be
/// there already. A letter that the store will not have is kept in its bare form; if it will not have even that, the
/// letter stays in its queue, and the others go on.
package struct LetterKeeper: Sendable {
    private let source: any DeadLetterSource
    private let store: any DeadLetterStore
    private let clock: ServiceClock
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
        clock: ServiceClock,
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
        // Each letter that cannot be kept is told of once.
        var told: Set<LetterID> = []
        while !Task.isCancelled {
            do {
                try await source.open()
                try await keepAll(&told)
            } catch {
                if Task.isCancelled { break }
                observer.sourceLost(error, retryAfter: Self.reconnectPause)
                await source.close()
                await clock.sleep(Self.reconnectPause)
            }
        }
        await source.close()
    }

    private func keepAll(_ told: inout Set<LetterID>) async throws(IntakeError) {
        let sieve = LetterSieve(store: store, patience: patience)
        var held = HeldLetters()
        while !Task.isCancelled {
            let deliveries = try await source.receive(atMost: batchLimit)
            guard !deliveries.isEmpty,
                let sifted = await sieve.keep(deliveries.map(\.letter), at: clock.now())
            else { return }
            for (index, error) in sifted.bare { observer.keptBare(deliveries[index].letter.id, error) }
            for (index, error) in sifted.refused where told.insert(deliveries[index].letter.id).inserted {
                observer.notKept(deliveries[index].letter.id, error)
            }
            try await settle(deliveries, refused: sifted.refused.keys.sorted(), &held)
            let count = deliveries.count - sifted.refused.count
            if count > 0 { observer.kept(count, new: sifted.new) }
        }
    }

    /// Acknowledges what was kept, holds the rest, and hands back what was held long enough.
    private func settle(
        _ deliveries: [LetterDelivery],
        refused: [Int],
        _ held: inout HeldLetters
    ) async throws(IntakeError) {
        if refused.isEmpty, held.isEmpty {
            if let last = deliveries.last { try await source.settle(through: last.mark) }
            return
        }
        // To acknowledge up to a mark would settle what is held, too.
        let kept = deliveries.indices.filter { !refused.contains($0) }
        held.hold(refused.map { deliveries[$0].mark }, at: clock.uptime())
        try await source.settle(kept.map { deliveries[$0].mark })
        let due = held.takeDue(at: clock.uptime())
        guard !due.isEmpty else { return }
        // They come again at once: never faster than this.
        await clock.sleep(HeldLetters.handBackPause)
        try await source.handBack(due)
    }
}
