package import AMQP
package import Orders
internal import Synchronization
package import ThreadExecutor

/// Sends commands with confirms and matches their replies, over one connection with a reply queue of its own.
package actor CommandClient: CommandBus {
    private let executor: ThreadExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let publisher: Publisher
    private let confirmTimeout: Duration
    /// The connection's user, unless it differs between the brokers.
    private let user: ShortString?
    private var table: ReplyTable
    private let lateReplies = Atomic<Int>(0)

    /// Makes a client that does nothing before `run()`.
    ///
    /// - Parameters:
    ///   - settings: a user who may write `orders.commands` and own a reply queue.
    ///   - confirmTimeout: how long the broker may take to confirm a command.
    ///   - inFlightLimit: how many commands may wait for their replies.
    ///   - observe: told of the connection; called on the executor's thread.
    package init(
        settings: ConnectionSettings,
        confirmTimeout: Duration = .seconds(5),
        inFlightLimit: Int = 10_000,
        executor: ThreadExecutor,
        observe: @escaping ConnectionObserver = { _ in }
    ) {
        var options = PublisherSettings()
        options.replySource = .exclusiveQueue
        publisher = Publisher(settings: settings, options: options, executor: executor, observe: observe)
        self.confirmTimeout = confirmTimeout
        user = settings.soleUser
        self.executor = executor
        table = ReplyTable(limit: inFlightLimit)
    }

    /// Keeps the connection up until the task is cancelled.
    package func run() async {
        await withTaskGroup { group in
            group.addTask(executorPreference: executor) { await self.publisher.run() }
            group.addTask(executorPreference: executor) { await self.takeReplies() }
            group.addTask(executorPreference: executor) { await self.expireWaits() }
        }
        table.abandonAll()
    }

    /// Replies that came when nobody waited for them any more.
    package nonisolated var lateReplyCount: Int { lateReplies.load(ordering: .relaxed) }

    /// Whether commands can be sent now.
    package var isAvailable: Bool {
        get async { await publisher.isConnected }
    }

    /// The broker has stopped taking messages because of an alarm.
    package var isBlocked: Bool {
        get async { await publisher.isBlocked }
    }

    /// Waits for the first connection, or for the next.
    package func waitUntilAvailable(until deadline: ContinuousClock.Instant) async -> Bool {
        await publisher.waitUntilConnected(until: deadline)
    }

    package func send(_ request: BusRequest, waitingFor wait: Duration) async -> BusResponse {
        // Nobody needs to know for certain that a question was taken.
        let patience = request.command.isRead ? min(confirmTimeout, wait) : confirmTimeout
        let exchange = await exchange(waitingFor: wait, confirmedWithin: patience) { user, replyTo, id in
            CommandMessage.make(request, user: user, replyTo: replyTo, correlationID: id)
        }
        return switch exchange {
        case .replied(let reply): .replied(reply)
        case .confirmed: .taken
        case .notConnected: .notTaken(reason: "there is no connection to the broker")
        case .overloaded: .notTaken(reason: "too many commands wait for their replies")
        case .notMade: .notTaken(reason: "the request id has more than 255 bytes")
        case .returned: .notTaken(reason: "the broker has no queue for the command")
        case .nacked: .notTaken(reason: "the queue of commands is full")
        case .tooLarge: .notTaken(reason: "the headers are too large")
        case .unsent: .notTaken(reason: "the broker does not take messages")
        case .unknown: .unknown(reason: "the connection was lost before the broker's confirm")
        }
    }

    /// Makes a message from the connection's user and, if a reply is wanted, from where to send it and under which
    /// correlation id.
    typealias MakeMessage = (_ user: ShortString?, _ replyTo: ShortString?, _ id: ShortString?) -> OutgoingMessage?

    /// Publishes a message with a confirm and waits for its reply; zero asks for none.
    func exchange(
        waitingFor wait: Duration,
        confirmedWithin patience: Duration? = nil,
        _ make: MakeMessage
    ) async -> CommandExchange {
        let patience = patience ?? confirmTimeout
        guard let replyTo = await publisher.replyAddress else { return .notConnected }
        guard wait > .zero else { return await publish(make(user, nil, nil), within: patience) }
        guard let id = table.open(until: .now + confirmTimeout + wait) else { return .overloaded }
        let exchange = await publish(make(user, replyTo, ShortString(String(id))), within: patience)
        guard exchange == .confirmed else {
            // A reply proves more than a confirm that did not come.
            return table.close(id).map(CommandExchange.replied) ?? exchange
        }
        table.extend(id, until: .now + wait)
        let reply = await withTaskCancellationHandler {
            await withCheckedContinuation { table.wait(id, $0) }
        } onCancel: {
            Task { await self.giveUp(id) }
        }
        return reply.map(CommandExchange.replied) ?? .confirmed
    }

    private func giveUp(_ id: UInt64) {
        _ = table.close(id)
    }

    private func publish(_ message: OutgoingMessage?, within patience: Duration) async -> CommandExchange {
        guard let message else { return .notMade }
        return switch await publisher.publish([message], within: patience).first {
        case .confirmed: .confirmed
        case .returned: .returned
        case .nacked: .nacked
        case .tooLarge: .tooLarge
        case .unsent, nil: .unsent
        case .unknown: .unknown
        }
    }

    // MARK: - Replies

    private func takeReplies() async {
        while !Task.isCancelled {
            do {
                for delivery in try await publisher.receiveReplies() { take(delivery) }
            } catch {
                table.abandonAll()
                guard error.code != .cancelled else { return }
                _ = await publisher.waitUntilConnected(until: .now + .seconds(60))
            }
        }
    }

    private func take(_ delivery: Delivery) {
        let headers = delivery.properties.headers
        guard let id = delivery.properties.correlationID?.string.flatMap({ UInt64($0) }),
            let status = headers.first(named: HeaderName.status)?.integer, (100...599).contains(status)
        else {
            lateReplies.wrappingAdd(1, ordering: .relaxed)
            return
        }
        let reply = BusReply(
            status: Int(status),
            isReplay: headers.first(named: HeaderName.isReplay) == .bool(true),
            body: delivery.body
        )
        if !table.answer(id, reply) { lateReplies.wrappingAdd(1, ordering: .relaxed) }
    }

    private func expireWaits() async {
        while await executor.sleep(until: .now + .milliseconds(25)) == .deadline {
            table.expire(at: .now)
        }
    }
}
