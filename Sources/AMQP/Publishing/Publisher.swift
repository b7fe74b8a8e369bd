package import ThreadExecutor

/// Publishes messages over a connection of its own, which `run()` keeps up for ever.
///
/// Two ways to publish: `publish` waits for the broker's confirms, `send` only hands over. With a reply source, answers
/// are consumed on the same channel (see `receiveReplies`).
///
/// Over plain TCP its thread is never blocked. Over TLS a write blocks if the broker stops reading within a batch, for
/// the call timeout at most; so give it a thread of its own there.
package actor Publisher {
    let settings: ConnectionSettings
    let options: PublisherSettings
    let executor: ThreadExecutor
    let observe: ConnectionObserver
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A published message: its batch, and its place there.
    struct Ticket {
        let batch: PublishBatch
        let index: Int
    }

    var link: Link?
    var epoch: UInt64 = 0
    var backoff: Backoff
    /// What waits to be written, in order.
    var queue = FIFO<PublishBatch>()
    /// Messages of `send` among them.
    var buffered: SendBuffer
    var window: ConfirmWindow<Ticket>
    /// Returns come in the order of their publishes: where to look for the next.
    var nextReturn: UInt64 = 1
    /// Those whose caller waits, by their number.
    var awaited: [UInt64: PublishBatch] = [:]
    var replies = FIFO<Delivery>()
    var waiters: [UInt64: ChangeWaiter] = [:]
    var isWatchingDeadlines = false
    private var lastID: UInt64 = 0

    /// Makes a publisher that does nothing before `run()`.
    ///
    /// - Parameters:
    ///   - executor: its thread; several actors may share it.
    ///   - observe: told of connections made and lost, alarms, and what was returned or dropped with nobody awaiting
    ///     it; called on the publisher's thread.
    package init(
        settings: ConnectionSettings,
        options: PublisherSettings = PublisherSettings(),
        executor: ThreadExecutor,
        observe: @escaping ConnectionObserver = { _ in }
    ) {
        self.settings = settings
        self.options = options
        self.executor = executor
        self.observe = observe
        backoff = options.backoff
        buffered = SendBuffer(options)
        window = ConfirmWindow(capacity: options.windowSize)
    }

    package var isConnected: Bool { link != nil }

    /// The broker has stopped reading what is published.
    package var isBlocked: Bool { link?.isBlocked ?? false }

    /// How many messages are queued or unconfirmed.
    package var backlog: Int {
        window.unconfirmedCount + queue.unwrittenCount
    }

    /// Publishes, and waits until the broker has said of each message what became of it.
    ///
    /// Written as one batch, in order, between the batches of other callers.
    ///
    /// - Parameter timeout: the longest to wait; the settings' by default.
    /// - Returns: one outcome for each message, in their order. `unknown` and `unsent` from the timeout, a lost
    ///   connection, or the caller's cancellation on.
    package func publish(_ messages: [OutgoingMessage], within timeout: Duration? = nil) async -> [PublishOutcome] {
        guard !messages.isEmpty else { return [] }
        let batch = PublishBatch(
            id: makeID(),
            messages: messages,
            deadline: .now + (timeout ?? options.publishTimeout),
            listener: .waiter
        )
        take(batch)
        if !batch.isSettled { await wait(for: batch) }
        awaited[batch.id] = nil
        return batch.results
    }

    /// Publishes, and tells of each message what became of it as soon as that is known.
    ///
    /// - Parameters:
    ///   - timeout: after it, whatever is not known yet is `unknown` or `unsent`.
    ///   - outlastsAlarms: false gives up at once while the broker takes no messages because of an alarm.
    ///   - tell: called once for each message, on the publisher's thread, with its place and its outcome.
    package func publish(
        _ messages: [OutgoingMessage],
        within timeout: Duration,
        outlastingAlarms outlastsAlarms: Bool,
        tell: @escaping @Sendable (Int, PublishOutcome) -> Void
    ) {
        guard !messages.isEmpty else { return }
        let batch = PublishBatch(
            id: makeID(),
            messages: messages,
            deadline: .now + timeout,
            listener: .each(tell),
            outlastsAlarms: outlastsAlarms
        )
        take(batch)
        if isBlocked, !outlastsAlarms { giveUp(batch.id) }
    }

    private func take(_ batch: PublishBatch) {
        awaited[batch.id] = batch
        watchDeadlines()
        queue.append(batch)
        transmit()
    }

    private func wait(for batch: PublishBatch) async {
        let id = batch.id
        await withTaskCancellationHandler {
            _ = await withCheckedContinuation { continuation in
                batch.resumeWhenSettled(continuation)
                if Task.isCancelled { giveUp(id) }
            }
        } onCancel: {
            Task { await giveUp(id) }
        }
    }

    /// Hands messages over without waiting for what becomes of them.
    ///
    /// While there is no connection, or an alarm, they are buffered up to the limit, and dropped beyond it. Otherwise
    /// the caller waits for room, up to the timeout of the settings; and after a wait in vain nobody does until the
    /// broker takes something.
    ///
    /// - Returns: how many were taken, from the front; the others were dropped and told to the observer.
    @discardableResult
    package func send(_ messages: [OutgoingMessage]) async -> Int {
        guard !messages.isEmpty else { return 0 }
        let deadline = ContinuousClock.now + options.sendTimeout
        while buffered.count > 0, buffered.room(for: messages) < messages.count, isTransmitting, !buffered.isStalled {
            guard await waitForChange(.room, until: deadline) else {
                buffered.isStalled = !Task.isCancelled
                break
            }
        }
        let accepted = buffered.room(for: messages)
        if accepted > 0 {
            let taken = accepted == messages.count ? messages : Array(messages.prefix(accepted))
            for message in taken { buffered.add(message) }
            queue.append(PublishBatch(id: makeID(), messages: taken, deadline: deadline, listener: .none))
            transmit()
        }
        if accepted < messages.count { observe(.dropped(count: messages.count - accepted)) }
        return accepted
    }

    private var isTransmitting: Bool {
        guard let link else { return false }
        return !link.isBlocked
    }

    func makeID() -> UInt64 {
        lastID += 1
        return lastID
    }
}

extension FIFO<PublishBatch> {
    /// How many of the messages are not written yet.
    var unwrittenCount: Int {
        var count = 0
        for offset in 0..<self.count {
            if let batch = self[offset] { count += batch.messages.count - batch.next }
        }
        return count
    }
}
