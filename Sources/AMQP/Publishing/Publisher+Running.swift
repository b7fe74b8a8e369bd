internal import ThreadExecutor

extension Publisher {
    /// Keeps a connection up until the task is cancelled, and then closes it politely.
    ///
    /// To lose nothing on the way out, await `waitUntilIdle` before cancelling.
    package func run() async {
        // Without the preference, whatever resumes it would go through the global pool first.
        await withTaskExecutorPreference(executor) { await self.connectUntilCancelled() }
        for id in awaited.keys { giveUp(id) }
        let unsent = queue.take(atMost: .max).reduce(0) { $0 + $1.messages.count - $1.next }
        buffered.removeAll()
        if unsent > 0 { observe(.dropped(count: unsent)) }
    }

    private func connectUntilCancelled() async {
        while !Task.isCancelled {
            do throws(AMQPError) {
                let connection = try await Connector().connect(settings, setup: setup)
                epoch += 1
                let link = Link(connection, settings: settings, epoch: epoch, executor: executor)
                await serve(link)
            } catch {
                let delay = backoff.next()
                observe(.connectFailed(error, retryAfter: delay))
                _ = await executor.sleep(until: .now + delay)
            }
        }
    }

    private var setup: LinkSetup {
        var setup = LinkSetup()
        setup.confirms = options.confirms
        setup.withoutAcknowledgement = true
        switch options.replySource {
        case .direct: setup.source = .directReplyTo
        case .exclusiveQueue: setup.source = .exclusiveQueue
        case nil: break
        }
        return setup
    }

    /// Works on one connection until it is lost or the task is cancelled.
    private func serve(_ link: Link) async {
        self.link = link
        observe(.connected(link.endpoint))
        announce(.connection)
        var failure: AMQPError?
        do throws(AMQPError) {
            try await pump(link)
        } catch {
            failure = error
        }
        // Told before those who wait are: they may act on it.
        if let failure { observe(.lost(failure)) }
        forget(link)
        // In a task of its own, because this one may be cancelled.
        await Task { await sayGoodbye(link) }.value
        guard failure != nil else { return observe(.closed) }
        // A connection that broke at once does not start the delays over: its next one would break too.
        if ContinuousClock.now - link.connectedAt > .seconds(5) { backoff.reset() }
        _ = await executor.sleep(until: .now + backoff.next())
    }

    /// Reads, writes and keeps the heartbeats until the task is cancelled.
    private func pump(_ link: Link) async throws(AMQPError) {
        transmit()
        while !Task.isCancelled {
            var failure: AMQPError?
            let hasMore = try link.read(limit: 10_000) { news in
                do throws(AMQPError) { try handle(news) } catch { failure = error }
            }
            if let failure { throw failure }
            transmit()
            try link.tend()
            announceProgress()
            if hasMore {
                await Task.yield()
            } else if await link.waitForNews() == .cancelled {
                return
            }
        }
    }

    private func announceProgress() {
        guard !waiters.isEmpty else { return }
        if !replies.isEmpty { announce(.replies) }
        if buffered.hasRoom { announce(.room) }
        if isIdle { announce(.idle) }
    }

    /// Nothing more will be heard of what was written.
    private func forget(_ link: Link) {
        self.link = nil
        nextReturn = 1
        window.reset { settle($0, .unknown) }
        // A batch of which some are unknown now goes on with the others, on the next connection.
        announce(.room)
        announce(.connection)
        announce(.replies)
    }

    private func sayGoodbye(_ link: Link) async {
        await link.close(until: .now + .seconds(1))
    }
}
