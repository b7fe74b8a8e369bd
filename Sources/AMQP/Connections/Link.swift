internal import ThreadExecutor

/// A connection with its one channel: reads, writes, keeps the heartbeats.
///
/// What consumer and publisher share.
///
/// Not `Sendable`: it lives within one actor, on the thread of its executor. Only TLS writes can block, under the
/// watchdog; over plain TCP nothing does.
final class Link {
    let endpoint: Endpoint
    let names: LinkNames
    let connectedAt = ContinuousClock.now
    private(set) var isBlocked = false
    /// Shut down: every further call fails, every wait has ended.
    private(set) var isEnded = false

    private let handle: ConnectionHandle
    private let executor: ThreadExecutor
    private let callTimeout: Duration
    private let frameMax: Int
    private var reader: FrameReader
    private var outbound = OutboundBuffer()
    private var heartbeats: Heartbeats
    private var isCloseConfirmed = false
    private var ending = AMQPError(.notConnected, "the connection was closed")

    init(
        _ connection: consuming Connector.Connection,
        settings: ConnectionSettings,
        epoch: UInt64,
        executor: ThreadExecutor
    ) {
        endpoint = connection.endpoint
        names = connection.names
        heartbeats = Heartbeats(every: connection.heartbeat, from: connectedAt)
        callTimeout = settings.callTimeout
        self.executor = executor
        reader = FrameReader(epoch: epoch, bodyLimit: settings.bodyLimit)
        frameMax = connection.handle.frameMax
        handle = connection.takeHandle()
    }

    // MARK: - Reading

    /// Takes everything that has arrived, without waiting.
    ///
    /// - Parameters:
    ///   - limit: stop after so many pieces of news; the next call goes on from there.
    ///   - take: called for each, in order.
    /// - Returns: whether the limit stopped it, so that polling the descriptor could miss what is left.
    /// - Throws: what ended the connection or the channel, having answered it. The link is then of no more use.
    @discardableResult
    func read(limit: Int = .max, _ take: (Inbound) -> Void) throws(AMQPError) -> Bool {
        guard !isEnded else { throw ending }
        let now = ContinuousClock.now
        var count = 0
        while count < limit {
            switch try readFrame(at: now) {
            case .nothing:
                return false
            case .frame:
                break
            case .news(let news):
                count += 1
                note(news)
                take(news)
            case .flow(let isActive):
                FrameEncoder.channelFlowOK(isActive: isActive, into: &outbound.bytes)
                try flush()
            case .channelClosed(let error):
                FrameEncoder.channelCloseOK(into: &outbound.bytes)
                try? flush()
                throw error
            case .connectionClosed(let error):
                FrameEncoder.connectionCloseOK(into: &outbound.bytes)
                try? flush()
                end(error)
                throw error
            case .closeConfirmed:
                isCloseConfirmed = true
                end()
                return false
            }
            heartbeats.lastReceived = now
        }
        return true
    }

    private func readFrame(at now: ContinuousClock.Instant) throws(AMQPError) -> FrameReader.Reading {
        do throws(AMQPError) {
            return try reader.next(from: handle, at: now)
        } catch {
            // Reading on after a failure may crash librabbitmq (its issue 837).
            end(error)
            throw error
        }
    }

    private func note(_ news: Inbound) {
        switch news {
        case .blocked: isBlocked = true
        case .unblocked: isBlocked = false
        default: break
        }
    }

    // MARK: - Writing

    /// How much is written and not yet taken by the kernel, in bytes.
    var unsentByteCount: Int { outbound.count }

    /// Adds a message to what the next flush sends.
    ///
    /// - Returns: false if its properties do not fit into a frame, so that it can never be sent.
    func write(_ message: OutgoingMessage) -> Bool {
        FrameEncoder.publish(message, frameMax: frameMax, into: &outbound.bytes)
    }

    func writeAcknowledgement(_ number: UInt64, multiple: Bool) {
        FrameEncoder.acknowledge(number, multiple: multiple, into: &outbound.bytes)
    }

    func writeRejection(_ number: UInt64) {
        FrameEncoder.reject(number, requeue: false, into: &outbound.bytes)
    }

    func writeHandBack(_ number: UInt64) {
        FrameEncoder.negativelyAcknowledge(number, requeue: true, into: &outbound.bytes)
    }

    func writeCancel() {
        FrameEncoder.cancel(consumerTag: names.consumerTag, into: &outbound.bytes)
    }

    /// Hands to the kernel what it has room for; the rest goes out when there is room again.
    func flush() throws(AMQPError) {
        guard !isEnded else { throw ending }
        guard !outbound.isEmpty else { return }
        let before = outbound.count
        do throws(AMQPError) {
            if handle.isTLS { try flushFrames() } else { try flushBytes() }
        } catch {
            end(error)
            throw error
        }
        if outbound.count < before { heartbeats.lastSent = .now }
        // A wait that has begun for reading alone would not see that there is room again.
        if !outbound.isEmpty { executor.wake(handle.descriptor) }
    }

    private func flushBytes() throws(AMQPError) {
        while !outbound.isEmpty {
            let result = try outbound.withFront(outbound.count) { bytes throws(AMQPError) in try handle.send(bytes) }
            guard case .sent(let count) = result else { return }
            outbound.consume(count)
        }
    }

    /// How many bytes go to a TLS session between two looks whether the socket has room.
    private static let bytesPerLook = 16_384

    private func flushFrames() throws(AMQPError) {
        // librabbitmq makes a segment of each frame.
        handle.setCork(true)
        defer { handle.setCork(false) }
        var isStalled = false
        while !outbound.isEmpty, !isStalled {
            guard handle.isWritable else { break }
            try Watchdog.shared.guarding(handle.descriptor, for: callTimeout) { () throws(AMQPError) in
                var written = 0
                while !outbound.isEmpty, written < Self.bytesPerLook {
                    let size = outbound.frontFrameSize
                    try outbound.withFront(size) { bytes throws(AMQPError) in try handle.sendFrame(bytes) }
                    outbound.consume(size)
                    written += size
                }
                isStalled = written == 0
            }
        }
        // Sending may have read: what the library holds by now no poll will show.
        if handle.hasBufferedInput { executor.wake(handle.descriptor) }
    }

    /// Makes calls that wait for the broker's answer, and block meanwhile.
    ///
    /// Nothing may be unsent.
    func call<Result>(
        _ body: (borrowing ConnectionHandle) throws(AMQPError) -> Result
    ) throws(AMQPError) -> Result {
        guard !isEnded, outbound.isEmpty else { throw AMQPError(.notConnected, "the connection is closed or busy") }
        let result: Result
        do throws(AMQPError) {
            result = try Watchdog.shared.guarding(handle.descriptor, for: callTimeout * 2) { () throws(AMQPError) in
                try body(handle)
            }
        } catch {
            end(error)
            throw error
        }
        heartbeats.lastSent = .now
        heartbeats.lastReceived = heartbeats.lastSent
        return result
    }

    // MARK: - Time

    /// When `tend()` has something to do.
    private var nextDuty: ContinuousClock.Instant { heartbeats.nextDuty(hindrance) }

    private var hindrance: Heartbeats.Hindrance { .init(isBlocked: isBlocked, hasUnsent: !outbound.isEmpty) }

    /// Sends what is due, and finds a dead peer.
    ///
    /// Read first, so that what has arrived counts.
    ///
    /// - Throws: `.heartbeatMissed` after two silent heartbeats.
    func tend() throws(AMQPError) {
        let now = ContinuousClock.now
        if heartbeats.isPeerDead(at: now) {
            let error = AMQPError(.heartbeatMissed, "nothing from \(endpoint) for \(heartbeats.interval * 2)")
            end(error)
            throw error
        }
        if heartbeats.isDue(hindrance, at: now) { FrameEncoder.heartbeat(into: &outbound.bytes) }
        try flush()
    }

    /// Suspends until there is something to read, room to write, a duty, or the deadline.
    ///
    /// `read` must have come to its end before.
    func waitForNews(until deadline: ContinuousClock.Instant? = nil) async -> ThreadExecutor.Wake {
        guard !isEnded else { return .woken }
        if handle.hasBufferedInput { return .ready }
        let interest: ThreadExecutor.Interest = outbound.isEmpty ? .readable : .readableOrWritable
        let until = deadline.map { min($0, nextDuty) } ?? nextDuty
        let wake = await executor.wait(for: interest, on: handle.descriptor, until: until)
        if wake == .ready { noteSignOfLife(isCertain: interest == .readable) }
        return wake
    }

    /// Suspends until room to write or a duty, leaving what arrives in the socket.
    func waitForDuty() async -> ThreadExecutor.Wake {
        guard !isEnded else { return .woken }
        let wake =
            if outbound.isEmpty {
                await executor.sleep(until: nextDuty)
            } else {
                await executor.wait(for: .writable, on: handle.descriptor, until: nextDuty)
            }
        noteSignOfLife(isCertain: false)
        return wake
    }

    /// Notes that the peer lives, if anything has arrived.
    ///
    /// Seen here, because librabbitmq keeps heartbeats to itself, and part of a large frame is a sign of life too.
    private func noteSignOfLife(isCertain: Bool) {
        if isCertain || handle.isReadable { heartbeats.lastReceived = .now }
    }

    /// Ends every wait on this link with `.woken`.
    func wake() {
        executor.wake(handle.descriptor)
    }

    // MARK: - Ending

    /// Ends the connection without a word, and every wait on it.
    func end(_ reason: AMQPError? = nil) {
        guard !isEnded else { return }
        isEnded = true
        if let reason { ending = reason }
        handle.shutDown()
        executor.wake(handle.descriptor)
    }

    /// Sends what is left, says goodbye, and waits for the answer until the deadline.
    func close(until deadline: ContinuousClock.Instant) async {
        guard !isEnded else { return }
        defer { end() }
        FrameEncoder.connectionClose(into: &outbound.bytes)
        do throws(AMQPError) {
            while ContinuousClock.now < deadline {
                try flush()
                try read { _ in }
                if isCloseConfirmed { return }
                if await waitForNews(until: deadline) == .cancelled { return }
            }
        } catch {
            // It ended in another way.
        }
    }
}
