internal import OrderMessaging
package import Orders
internal import Synchronization

/// Takes letters from the queue into a file: acknowledged only when the disk has them.
package struct LetterDrain: Sendable {
    /// Connected already.
    private let source: any DeadLetterSource
    /// How long nothing has come when the queue counts as empty.
    private let patience: Duration
    private let limit: Int?
    private let shouldStop: @Sendable () -> Bool

    package init(
        from source: any DeadLetterSource,
        patience: Duration,
        limit: Int? = nil,
        shouldStop: @escaping @Sendable () -> Bool = { false }
    ) {
        self.source = source
        self.patience = patience
        self.limit = limit
        self.shouldStop = shouldStop
    }

    /// Takes what is there.
    ///
    /// - Parameter write: makes the lines last before it returns.
    /// - Returns: how many letters were written and acknowledged, and why the connection was lost, if it was.
    /// - Throws: what `write` throws; what it did not write goes back to the queue.
    package func run(
        _ write: (_ lines: [UInt8], _ count: Int) throws -> Void
    ) async throws -> (count: Int, failure: IntakeError?) {
        let lastNews = Mutex(ContinuousClock.now)
        var count = 0
        let watch = Task { await stopWhenQuiet { lastNews.withLock { $0 } } }
        defer { watch.cancel() }
        do {
            while limit.map({ count < $0 }) ?? true {
                let letters = try await source.receive(atMost: min(200, limit.map { $0 - count } ?? 200))
                guard let last = letters.last else { break }
                lastNews.withLock { $0 = .now }
                try write(letters.flatMap { LetterLine.encode($0.letter) + [UInt8(ascii: "\n")] }, letters.count)
                try await source.settle(through: last.mark)
                count += letters.count
                lastNews.withLock { $0 = .now }
            }
        } catch let failure as IntakeError {
            await source.close()
            return (count, failure)
        } catch {
            await source.close()
            throw error
        }
        await source.stopReceiving()
        await source.close()
        return (count, nil)
    }

    private func stopWhenQuiet(_ lastNews: @Sendable () -> ContinuousClock.Instant) async {
        while !Task.isCancelled, !shouldStop(), lastNews().duration(to: .now) < patience {
            try? await Task.sleep(for: .milliseconds(50))
        }
        if !Task.isCancelled { await source.stopReceiving() }
    }
}
