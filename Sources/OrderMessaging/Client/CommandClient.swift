package import AMQP
internal import Glibc
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
    private let submissions = Submissions()
    private let lastID = Atomic<UInt64>(0)
    private var table: ReplyTable<CheckedContinuation<ExchangeOutcome, Never>>
    private let lateReplies = Atomic<Int>(0)
    private let loss = LossNote()

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
        var (settings, options) = (settings, PublisherSettings())
        options.replySource = .exclusiveQueue
        // A page of orders is larger than any command.
        settings.bodyLimit = max(settings.bodyLimit, ListOrders.pageByteLimit * 8)
        publisher = Publisher(settings: settings, options: options, executor: executor) { [loss] event in
            loss.hear(event)
            observe(event)
        }
        self.confirmTimeout = confirmTimeout
        user = settings.soleUser
        self.executor = executor
        table = ReplyTable(limit: inFlightLimit)
    }

    /// Keeps the connection up until the task is cancelled; to be called once.
    package func run() async {
        submissions.open()
        await withTaskGroup { group in
            group.addTask(executorPreference: executor) { await self.publishSubmissions() }
            group.addTask(executorPreference: executor) { await self.publisher.run() }
            group.addTask(executorPreference: executor) { await self.takeReplies() }
            group.addTask(executorPreference: executor) { await self.expireWaits() }
        }
        for submission in submissions.close() { submission.continuation.resume(returning: .notConnected) }
        abandonConfirmed()
    }

    private func abandonConfirmed() {
        table.abandonConfirmed { $0.resume(returning: .confirmed) }
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

    package nonisolated func send(_ request: BusRequest, waitingFor wait: Duration) async -> BusResponse {
        let exchange = await exchange(waitingFor: wait, asQuestion: request.command.isRead) { user, replyTo, id in
            CommandMessage.make(
                request,
                user: user,
                replyTo: replyTo,
                correlationID: id,
                sentAt: UInt64(clamping: time(nil))
            )
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
        // Others may have gone through before the exchange went away.
        case .refused, .unknown: .unknown(reason: "the connection was lost before the broker's confirm")
        }
    }

    /// Publishes a message with a confirm and waits for its reply.
    ///
    /// - Parameters:
    ///   - wait: how long to wait for the reply once the broker has the message; zero asks for none.
    ///   - isQuestion: nobody needs to know for certain that it was taken, or waits for an alarm's end.
    ///   - make: called on the connection's thread.
    nonisolated func exchange(
        waitingFor wait: Duration,
        asQuestion isQuestion: Bool = false,
        _ make: @escaping Submission.MakeMessage
    ) async -> ExchangeOutcome {
        let id = lastID.wrappingAdd(1, ordering: .relaxed).newValue
        let patience = isQuestion ? min(confirmTimeout, wait) : confirmTimeout
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let submission = Submission(
                    id: id,
                    make: make,
                    wait: wait,
                    patience: patience,
                    isQuestion: isQuestion,
                    continuation: continuation
                )
                if !submissions.append(submission) { continuation.resume(returning: .notConnected) }
            }
        } onCancel: {
            Task { await self.giveUp(id) }
        }
    }

    private func giveUp(_ id: UInt64) {
        if let submission = submissions.remove(id) {
            submission.continuation.resume(returning: .unsent)
        } else {
            let isConfirmed = table.isConfirmed(id)
            table.close(id)?.resume(returning: isConfirmed ? .confirmed : .unknown)
        }
    }

    // MARK: - Publishing

    private func publishSubmissions() async {
        for await _ in submissions.arrivals { await publishSubmitted() }
    }

    private func publishSubmitted() async {
        let replyTo = await publisher.replyAddress
        var commands = Outgoing()
        var questions = Outgoing()
        for submission in submissions.takeAll() {
            guard let replyTo else {
                submission.continuation.resume(returning: .notConnected)
                continue
            }
            guard let message = message(submission, replyTo: replyTo) else {
                submission.continuation.resume(returning: .notMade)
                continue
            }
            guard open(submission) else {
                submission.continuation.resume(returning: .overloaded)
                continue
            }
            if submission.isQuestion {
                questions.append(message, for: submission)
            } else {
                commands.append(message, for: submission)
            }
        }
        await publish(commands, outlastingAlarms: true)
        await publish(questions, outlastingAlarms: false)
    }

    private func message(_ submission: Submission, replyTo: ShortString) -> OutgoingMessage? {
        guard submission.wait > .zero else { return submission.make(user, nil, nil) }
        return submission.make(user, replyTo, ShortString(String(submission.id)))
    }

    private func open(_ submission: Submission) -> Bool {
        // The publisher knows better than the table why there was no confirm, and is asked first.
        let deadline = ContinuousClock.now + submission.patience + submission.wait
        return table.open(submission.id, submission.continuation, until: deadline, waiting: submission.wait)
    }

    /// Messages that are published together.
    private struct Outgoing {
        var ids: [UInt64] = []
        var messages: [OutgoingMessage] = []
        var patience = Duration.zero

        mutating func append(_ message: OutgoingMessage, for submission: Submission) {
            ids.append(submission.id)
            messages.append(message)
            patience = max(patience, submission.patience)
        }
    }

    private func publish(_ outgoing: Outgoing, outlastingAlarms: Bool) async {
        guard !outgoing.ids.isEmpty else { return }
        let (ids, messages) = (outgoing.ids, outgoing.messages)
        await publisher.publish(
            messages,
            within: outgoing.patience,
            outlastingAlarms: outlastingAlarms
        ) { place, outcome in
            // The publisher shares this actor's thread.
            self.assumeIsolated { $0.settled(ids[place], outcome) { messages[place].exchange } }
        }
    }

    private func settled(_ id: UInt64, _ outcome: PublishOutcome, through name: () -> ShortString) {
        let exchange: ExchangeOutcome
        switch outcome {
        case .confirmed:
            table.confirm(id, at: .now)?.resume(returning: .confirmed)
            return
        case .returned: exchange = .returned
        case .nacked: exchange = .nacked
        case .tooLarge: exchange = .tooLarge
        case .unsent: exchange = .unsent
        case .unknown: exchange = loss.refusal(of: name()).map { .refused(reason: $0) } ?? .unknown
        }
        table.close(id)?.resume(returning: exchange)
    }

    // MARK: - Replies

    private func takeReplies() async {
        while !Task.isCancelled {
            do {
                for delivery in try await publisher.receiveReplies() { take(delivery) }
            } catch {
                abandonConfirmed()
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
            body: delivery.body,
            release: status < 400 ? nil : headers.first(named: HeaderName.failureRelease)?.text
        )
        guard let waiter = table.close(id) else {
            lateReplies.wrappingAdd(1, ordering: .relaxed)
            return
        }
        // It proves more than a confirm, which may not have come yet.
        waiter.resume(returning: .replied(reply))
    }

    private func expireWaits() async {
        while await executor.sleep(until: .now + .milliseconds(25)) == .deadline {
            table.expire(at: .now) { waiter, isConfirmed in
                waiter.resume(returning: isConfirmed ? .confirmed : .unknown)
            }
        }
    }
}
