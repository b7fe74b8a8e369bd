package import ThreadExecutor

/// Takes messages from one queue, over a connection of its own.
///
/// Nothing runs before `connect()`. After an error `connect()` may be called again; deliveries that were not
/// acknowledged come again. `close()` is the normal end, and must be called for the consumer to go away.
///
/// Over plain TCP its thread is never blocked, so that it can be shared with other actors; connecting happens on
/// another thread.
package actor Consumer {
    private let settings: ConnectionSettings
    private let setup: LinkSetup
    private let executor: ThreadExecutor
    private let observe: ConnectionObserver
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private var link: Link?
    private var epoch: UInt64 = 0
    private var failure: AMQPError?
    private var keeper: Task<Void, Never>?
    private var inbox = FIFO<Delivery>()
    /// Of the bodies in the inbox.
    private var inboxByteCount = 0
    private let prefetch: UInt16
    private let acknowledgementDelay: Duration
    private var acknowledgedUpTo: UInt64 = 0
    /// What the broker has been told of `acknowledgedUpTo`.
    private var writtenUpTo: UInt64 = 0
    private var isAcknowledgementDue = false
    private var isStopping = false
    private var isStopped = false

    /// Makes a consumer that is not connected.
    ///
    /// - Parameters:
    ///   - queue: must exist by the time of `connect()`.
    ///   - prefetch: how many unacknowledged deliveries the broker sends at most, at least 1.
    ///   - executor: its thread; several actors may share it.
    ///   - acknowledgementDelay: how long an acknowledgement may wait for others to go with it. The broker writes each
    ///     to its disk, so one for many is cheaper; what waits when the process dies is delivered again.
    ///   - observe: told of connections made and lost; called on the consumer's thread.
    package init(
        settings: ConnectionSettings,
        queue: ShortString,
        prefetch: UInt16,
        executor: ThreadExecutor,
        acknowledgementDelay: Duration = .zero,
        observe: @escaping ConnectionObserver = { _ in }
    ) {
        self.settings = settings
        self.executor = executor
        self.observe = observe
        self.acknowledgementDelay = acknowledgementDelay
        self.prefetch = max(1, prefetch)
        setup = LinkSetup(prefetch: self.prefetch, source: .queue(queue))
    }

    package var isConnected: Bool { link != nil }

    /// Makes one attempt over all endpoints, starting with any of them, and begins to consume.
    ///
    /// - Throws: why the last endpoint could not be used; `.notFound` if the queue does not exist.
    package func connect() async throws(AMQPError) {
        await close()
        let connection: Connector.Connection
        do throws(AMQPError) {
            connection = try await Connector().connect(settings, setup: setup)
        } catch {
            observe(.connectFailed(error, retryAfter: nil))
            throw error
        }
        epoch += 1
        let new = Link(connection, settings: settings, epoch: epoch, executor: executor)
        link = new
        failure = nil
        inbox = FIFO<Delivery>()
        inboxByteCount = 0
        acknowledgedUpTo = 0
        writtenUpTo = 0
        isStopping = false
        isStopped = false
        observe(.connected(new.endpoint))
        keeper = Task { await withTaskExecutorPreference(executor) { await keepAlive(new) } }
    }

    /// Waits for deliveries, and gives all that have arrived, in order.
    ///
    /// The natural batch: one when it is quiet, hundreds when it is busy; it never waits to fill one.
    ///
    /// - Parameters:
    ///   - limit: at most so many; the others stay for the next call.
    ///   - deadline: when to give up; `nil` waits for ever.
    /// - Returns: empty at the deadline, and once consuming has stopped.
    /// - Throws: what ended the connection; `.consumerCancelled` if the broker ended the consumer, `.cancelled` if the
    ///   task is.
    package func receive(
        atMost limit: Int,
        until deadline: ContinuousClock.Instant? = nil
    ) async throws(AMQPError) -> [Delivery] {
        while true {
            guard let link else { throw failure ?? AMQPError(.notConnected, "the consumer is not connected") }
            if inbox.count < limit { try pull(link) }
            if !inbox.isEmpty, !isStopping { return takeInbox(atMost: limit) }
            if isStopping { return [] }
            switch await link.waitForNews(until: deadline) {
            case .cancelled: throw AMQPError(.cancelled, "receiving was cancelled")
            case .deadline where deadline.map { $0 <= .now } ?? false: return []
            case .deadline, .ready, .woken: break
            }
        }
    }

    // MARK: - Settling

    /// Settles this delivery and all before it that are not settled yet.
    ///
    /// A tag of an earlier connection is dropped: the broker delivers those messages again.
    ///
    /// - Parameter isUrgent: not to wait for others, whatever the delay.
    /// - Returns: after the frame is on its way, or will be after the delay; the broker does not confirm it.
    /// Source: AMQP 0-9-1 §1.8.3.13 (basic.ack).
    package func acknowledge(upTo tag: DeliveryTag, isUrgent: Bool = false) {
        guard let link, tag.epoch == epoch, tag.number > acknowledgedUpTo else { return }
        acknowledgedUpTo = tag.number
        // Waiting with more would leave the broker too little that it may still send.
        if isUrgent || acknowledgementDelay <= .zero || acknowledgedUpTo - writtenUpTo >= UInt64(prefetch / 4) {
            writeAcknowledgement()
        } else if !isAcknowledgementDue {
            isAcknowledgementDue = true
            Task { await withTaskExecutorPreference(executor) { await acknowledgeSoon(on: link) } }
        }
    }

    private func acknowledgeSoon(on link: Link) async {
        _ = await executor.sleep(until: .now + acknowledgementDelay)
        isAcknowledgementDue = false
        if self.link === link { writeAcknowledgement() }
    }

    private func writeAcknowledgement() {
        guard acknowledgedUpTo > writtenUpTo else { return }
        writtenUpTo = acknowledgedUpTo
        write { $0.writeAcknowledgement(writtenUpTo, multiple: true) }
    }

    /// Settles single deliveries.
    ///
    /// Each tag may be settled only once: the broker closes the channel otherwise.
    package func acknowledge(_ tags: [DeliveryTag]) {
        settle(tags) { link, number in link.writeAcknowledgement(number, multiple: false) }
    }

    /// Refuses deliveries for good: they are dead-lettered where the queue says so, and dropped elsewhere.
    package func reject(_ tags: [DeliveryTag]) {
        settle(tags) { link, number in link.writeRejection(number) }
    }

    /// Hands deliveries back to the queue, for another consumer to try.
    package func handBack(_ tags: [DeliveryTag]) {
        settle(tags) { link, number in link.writeHandBack(number) }
    }

    private func settle(_ tags: [DeliveryTag], _ settle: (Link, UInt64) -> Void) {
        write { link in
            for tag in tags where tag.epoch == epoch && tag.number > acknowledgedUpTo {
                settle(link, tag.number)
            }
        }
    }

    private func write(_ frames: (Link) -> Void) {
        guard let link else { return }
        frames(link)
        do throws(AMQPError) {
            try link.flush()
        } catch {
            lose(link, error)
        }
    }

    // MARK: - Ending

    /// Asks the broker to deliver no more, and hands back what nobody has received yet.
    ///
    /// Deliveries in hand can still be settled. From here on `receive` gives nothing.
    ///
    /// - Parameter deadline: how long to wait for the broker's word that it has stopped.
    package func stopConsuming(until deadline: ContinuousClock.Instant) async {
        guard let link, !isStopping else { return }
        isStopping = true
        write { $0.writeCancel() }
        link.wake()
        while self.link === link, !isStopped, ContinuousClock.now < deadline {
            do throws(AMQPError) {
                try pull(link)
            } catch {
                return
            }
            // At once, which makes room for the rest.
            handBackInbox()
            if isStopped { break }
            if await link.waitForNews(until: deadline) == .cancelled { break }
        }
        if self.link === link { handBackInbox() }
    }

    /// Says goodbye to the broker, which delivers again what was not settled.
    ///
    /// Waits two seconds at most.
    package func close() async {
        writeAcknowledgement()
        guard let link else { return }
        forget()
        failure = nil
        // In a task of its own, because the end often comes with the caller's cancellation.
        await Task { await sayGoodbye(link) }.value
        observe(.closed)
    }

    private func forget() {
        link = nil
        keeper?.cancel()
        keeper = nil
    }

    private func sayGoodbye(_ link: Link) async {
        await link.close(until: .now + .seconds(2))
    }

    // MARK: - The link

    /// Bodies that the inbox holds; the broker keeps the rest until somebody takes them.
    ///
    /// The prefetch bounds how many there are, and says nothing of how large they are.
    private static let inboxByteLimit = 4 << 20
    /// News between two looks at that.
    private static let newsPerLook = 4

    private func handBackInbox() {
        handBack(takeInbox(atMost: .max).map(\.tag))
    }

    private func takeInbox(atMost limit: Int) -> [Delivery] {
        let taken = inbox.take(atMost: limit)
        for delivery in taken { inboxByteCount -= delivery.body.count }
        return taken
    }

    /// Reads what has arrived into the inbox, as far as it has room.
    private func pull(_ link: Link) throws(AMQPError) {
        var isCancelled = false
        do throws(AMQPError) {
            var hasMore = true
            while hasMore, inboxByteCount < Self.inboxByteLimit {
                hasMore = try link.read(limit: Self.newsPerLook) { news in
                    switch news {
                    case .delivery(let delivery):
                        inbox.append(delivery)
                        inboxByteCount += delivery.body.count
                    case .consumerCancelled: isCancelled = true
                    case .consumerStopped: isStopped = true
                    default: break
                    }
                }
            }
            if isCancelled { throw AMQPError(.consumerCancelled, "the broker cancelled the consumer") }
        } catch {
            lose(link, error)
            throw error
        }
        // Somebody else may be waiting for what was just read.
        if !inbox.isEmpty { link.wake() }
    }

    private func lose(_ link: Link, _ error: AMQPError) {
        guard self.link === link else { return }
        forget()
        failure = error
        link.wake()
        observe(.lost(error))
        // After a closed channel the connection still stands; nobody waits for its end.
        if !link.isEnded { Task { await sayGoodbye(link) } }
    }

    /// Keeps heartbeats going and acknowledgements flowing while nobody receives.
    private func keepAlive(_ link: Link) async {
        while self.link === link {
            if await link.waitForDuty() == .cancelled { return }
            guard self.link === link else { return }
            do throws(AMQPError) {
                try pull(link)
                try link.tend()
            } catch {
                lose(link, error)
            }
        }
    }
}
