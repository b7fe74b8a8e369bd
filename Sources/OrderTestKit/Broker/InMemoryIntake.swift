package import Orders

/// One consumer of an ``InMemoryQueue``.
package final class InMemoryIntake: CommandIntake {
    private struct Script: Sendable {
        var refusals = 0
        var isHoldingOpen = false
        var opening = 0
        var settlingFaults = 0
    }

    private let queue: InMemoryQueue
    private let prefetch: Int
    private let link: Int
    private let script = Watched(Script())

    /// Makes a consumer that is not connected.
    ///
    /// - Parameter link: tells the consumers of one queue apart.
    package init(_ queue: InMemoryQueue, prefetch: Int = 1000, link: Int = 1) {
        self.queue = queue
        self.prefetch = prefetch
        self.link = link
    }

    // MARK: - Faults

    /// Lets the next tries to connect fail.
    package func refuseOpening(_ count: Int) {
        script.change { $0.refusals += count }
    }

    /// Keeps every try to connect waiting, until `releaseOpening()`.
    package func holdOpening() {
        script.change { $0.isHoldingOpen = true }
    }

    package func releaseOpening() {
        script.change { $0.isHoldingOpen = false }
    }

    /// Waits until a try to connect is held.
    package func waitUntilOpening() async {
        await script.wait { $0.isHoldingOpen && $0.opening > 0 ? () : nil }
    }

    /// Lets the next settlements fail, while receiving notices nothing.
    package func failSettling(_ count: Int) {
        script.change { $0.settlingFaults += count }
    }

    /// Breaks the connection: what is not settled comes again.
    package func loseConnection(_ reason: String = "The connection was reset") {
        let link = link
        queue.state.change { state in
            guard state.links[link] != nil else { return }
            state.returnUnsettled(of: link)
            state.links[link]?.loss = reason
        }
    }

    // MARK: - CommandIntake

    package func open() async throws(IntakeError) {
        script.change { $0.opening += 1 }
        let isRefused = await script.wait { script in
            if script.isHoldingOpen { return nil as Bool? }
            script.opening -= 1
            guard script.refusals > 0 else { return false }
            script.refusals -= 1
            return true
        }
        guard let isRefused else {
            script.change { $0.opening -= 1 }
            throw IntakeError("The task was cancelled")
        }
        if isRefused { throw IntakeError("Connection refused") }
        let (link, prefetch) = (link, prefetch)
        queue.state.change { state in
            state.returnUnsettled(of: link)
            state.epoch += 1
            state.record.opened += 1
            state.links[link] = InMemoryQueue.Link(epoch: state.epoch, prefetch: prefetch)
        }
    }

    package func receive(atMost limit: Int) async throws(IntakeError) -> [IncomingCommand] {
        let link = link
        queue.state.change { $0.links[link]?.isReceiving = true }
        let received = await queue.state.wait { $0.receive(link, atMost: limit) }
        guard let received else { throw IntakeError("The task was cancelled") }
        return try received.get()
    }

    package func read(_ command: IncomingCommand) async -> IncomingCommand {
        guard let message = command.origin as? InMemoryMessage else { return command }
        queue.state.change { $0.record.readAlone.append(message.context.requestID) }
        return command.reading(message.reading)
    }

    package func sender(of command: IncomingCommand) -> Caller? {
        switch (command.origin as? InMemoryMessage)?.reading {
        case .accepted(_, let caller): caller
        case .refused(_, let caller): caller
        case .undecided, .unread, nil: nil
        }
    }

    package func suspectID(of command: IncomingCommand) -> SuspectID {
        InMemorySuspectLedger.id(of: command.context.requestID)
    }

    package func settle(through mark: DeliveryMark, isUrgent: Bool) async throws(IntakeError) {
        try script.change { script throws(IntakeError) in
            guard script.settlingFaults > 0 else { return }
            script.settlingFaults -= 1
            throw IntakeError("The socket was closed")
        }
        let link = link
        try queue.state.change { state throws(IntakeError) in try state.settle(link, through: mark) }
    }

    package func stopReceiving() async {
        let link = link
        queue.state.change { $0.links[link]?.isStopped = true }
    }

    package func close() async {
        let link = link
        queue.state.change { state in
            state.returnUnsettled(of: link)
            state.links[link] = nil
        }
    }
}

extension InMemoryQueue.State {
    /// Delivers what there is and the prefetch allows; `nil` is to wait.
    fileprivate mutating func receive(
        _ name: Int,
        atMost limit: Int
    ) -> Result<[IncomingCommand], IntakeError>? {
        guard var link = links[name] else { return .failure(IntakeError("Not connected")) }
        if let loss = link.loss { return .failure(IntakeError(loss)) }
        if link.isStopped { return .success([]) }
        let count = min(limit, ready.count, link.prefetch - link.unsettled.count)
        guard count > 0 else { return nil }
        link.isReceiving = false
        defer { links[name] = link }
        let messages = Array(ready.prefix(count))
        ready.removeFirst(count)
        record.delivered += messages.map(\.context.requestID)
        return .success(
            messages.map { message in
                link.lastTag += 1
                link.unsettled.append((link.lastTag, message))
                return IncomingCommand(
                    mark: DeliveryMark(epoch: link.epoch, tag: link.lastTag),
                    context: message.context,
                    reading: message.history.isSuspect ? .unread : message.reading,
                    origin: message,
                    history: message.history
                )
            }
        )
    }

    fileprivate mutating func settle(_ name: Int, through mark: DeliveryMark) throws(IntakeError) {
        guard var link = links[name] else { throw IntakeError("Not connected") }
        guard link.epoch == mark.epoch else { return }
        if let loss = link.loss { throw IntakeError(loss) }
        let count = link.unsettled.count { $0.tag <= mark.tag }
        if link.unsettled.first.map({ $0.tag > mark.tag }) ?? true || mark.tag > link.lastTag {
            record.violations.append("unknown delivery tag \(mark.tag)")
        }
        record.settled += link.unsettled.prefix(count).map(\.message.context.requestID)
        record.settlements.append(count)
        link.unsettled.removeFirst(count)
        links[name] = link
    }
}
