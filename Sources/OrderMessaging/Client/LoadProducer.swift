package import AMQP
internal import Glibc
internal import Orders
package import ThreadExecutor

/// A producer that keeps a fixed number of `order.create.v1` in flight and times every reply.
///
/// Publishes as many new commands as replies have arrived, in one batch, so that it costs the machine as little as an
/// ordinary producer can.
package actor LoadProducer {
    /// Sent in one go: so few that the connection has room for them, however large the window.
    private static let portion = 1000

    private let executor: ThreadExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let publisher: Publisher
    private let load: Load
    private var sentAt: [ContinuousClock.Instant] = []
    private var result = LoadResult()

    /// What one producer is to send.
    package struct Load: Sendable {
        package var count: Int
        /// Commands in flight, at least 1.
        package var window: Int
        package var authorization: String
        /// The body of each command is `bodyHead`, a key of its own, `bodyTail`.
        package var bodyHead: [UInt8]
        package var bodyTail: [UInt8]
        /// What the keys begin with; the number of the order follows.
        package var keyPrefix: String
        /// How long nothing may arrive before the rest is given up.
        package var patience: Duration

        package init(
            count: Int,
            window: Int,
            authorization: String,
            bodyHead: [UInt8],
            bodyTail: [UInt8],
            keyPrefix: String,
            patience: Duration = .seconds(30)
        ) {
            self.count = count
            self.window = window
            self.authorization = authorization
            self.bodyHead = bodyHead
            self.bodyTail = bodyTail
            self.keyPrefix = keyPrefix
            self.patience = patience
        }
    }

    /// Makes a producer; nothing connects before `run()`.
    package init(
        settings: ConnectionSettings,
        load: Load,
        repliesDirectly: Bool,
        executor: ThreadExecutor,
        observe: @escaping ConnectionObserver = { _ in }
    ) {
        var options = PublisherSettings()
        options.replySource = repliesDirectly ? .direct : .exclusiveQueue
        options.windowSize = max(options.windowSize, load.window * 2)
        publisher = Publisher(settings: settings, options: options, executor: executor, observe: observe)
        self.load = load
        self.executor = executor
        sentAt.reserveCapacity(load.count)
        result.latencies.reserveCapacity(load.count)
    }

    /// Sends the load and waits for its replies.
    ///
    /// - Parameter progress: told now and then how many replies have arrived.
    /// - Returns: what came back; incomplete if the connection was lost, which ends the run.
    package func run(progress: @escaping @Sendable (Int) -> Void = { _ in }) async -> LoadResult {
        await withTaskExecutorPreference(executor) { await runHere(progress) }
    }

    private func runHere(_ progress: @escaping @Sendable (Int) -> Void) async -> LoadResult {
        await withTaskGroup { group in
            group.addTask(executorPreference: executor) { await self.publisher.run() }
            await exchange(progress)
            group.cancelAll()
        }
        return result
    }

    private func exchange(_ progress: @Sendable (Int) -> Void) async {
        guard await publisher.waitUntilConnected(until: .now + load.patience),
            let replyTo = await publisher.replyAddress
        else {
            result.failure = "no connection to the broker"
            return
        }
        let properties = self.properties(replyTo)
        result.began = .now
        do {
            while result.replyCount < load.count {
                let replies = try await fillWindow(properties) ? awaitedReplies() : publisher.takeReplies()
                let now = ContinuousClock.now
                for reply in replies { record(reply, at: now) }
                progress(result.replyCount)
            }
        } catch {
            result.failure = "\(error)"
        }
        result.ended = .now
        result.sentCount = sentAt.count
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Sends what the window has room for, as much of it as goes in one go.
    ///
    /// - Returns: whether that was all, and only replies can go on from here.
    private func fillWindow(_ properties: MessageProperties) async throws -> Bool {
        let room = min(load.window - (sentAt.count - result.replyCount), load.count - sentAt.count)
        let count = min(room, Self.portion)
        guard await send(count, properties) == count else {
            throw Failure(description: "the broker takes no more commands")
        }
        return count == room
    }

    private func awaitedReplies() async throws -> [Delivery] {
        let replies = try await publisher.receiveReplies(until: .now + load.patience)
        if replies.isEmpty { throw Failure(description: "no reply for \(load.patience)") }
        return replies
    }

    private func properties(_ replyTo: ShortString) -> MessageProperties {
        var headers = FieldTable()
        headers.append(HeaderName.authorization, .text(load.authorization))
        return MessageProperties(
            contentType: "application/json",
            headers: headers,
            deliveryMode: 2,
            replyTo: replyTo,
            type: ShortString(CommandName.create.rawValue)
        )
    }

    /// - Returns: how many the connection has taken.
    private func send(_ count: Int, _ properties: MessageProperties) async -> Int {
        guard count > 0 else { return 0 }
        let name = ShortString(CommandName.create.rawValue) ?? .empty
        var messages: [OutgoingMessage] = []
        messages.reserveCapacity(count)
        let now = ContinuousClock.now
        var properties = properties
        properties.timestamp = UInt64(clamping: time(nil))
        for _ in 0..<count {
            let number = String(sentAt.count)
            sentAt.append(now)
            properties.correlationID = ShortString(number)
            properties.messageID = ShortString(load.keyPrefix + number)
            var body: [UInt8] = []
            body.reserveCapacity(load.bodyHead.count + load.bodyTail.count + 48)
            body += load.bodyHead
            body += load.keyPrefix.utf8
            body += number.utf8
            body += load.bodyTail
            messages.append(
                OutgoingMessage(exchange: Topology.commands, routingKey: name, properties: properties, body: body)
            )
        }
        return await publisher.send(messages)
    }

    private func record(_ reply: Delivery, at now: ContinuousClock.Instant) {
        let properties = reply.properties
        guard let number = properties.correlationID?.string.flatMap({ Int($0) }), sentAt.indices.contains(number),
            let status = properties.headers.first(named: HeaderName.status)?.integer
        else { return }
        result.replyCount += 1
        result.statuses[Int(clamping: status), default: 0] += 1
        if properties.headers.first(named: HeaderName.isReplay) == .bool(true) { result.replayCount += 1 }
        let microseconds = (now - sentAt[number]) / .microseconds(1)
        result.latencies.append(UInt32(clamping: Int64(microseconds)))
    }
}

/// What a load producer got back.
package struct LoadResult: Sendable {
    package var sentCount = 0
    package var replyCount = 0
    package var replayCount = 0
    /// Replies by status.
    package var statuses: [Int: Int] = [:]
    /// Microseconds from the hand-over of a command to the arrival of its reply, in order of arrival.
    package var latencies: [UInt32] = []
    package var began = ContinuousClock.now
    package var ended = ContinuousClock.now
    /// Why the run ended early.
    package var failure: String?

    package init() {}
}
