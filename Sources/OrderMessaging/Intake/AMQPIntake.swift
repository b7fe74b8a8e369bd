package import AMQP
package import Orders
package import ThreadExecutor

/// A consumer of one queue as the worker's intake: receives deliveries and reads them.
package actor AMQPIntake: CommandIntake {
    private let executor: ThreadExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let consumer: Consumer
    private let reader: CommandReader
    private let authenticator: any CallerAuthenticator
    /// For keys that commands in hand need.
    private var searches: Set<Task<[UnknownKey: KeyResolution], Never>> = []

    /// Puts the intake together; nothing connects before `open()`.
    ///
    /// - Parameter executor: the thread of the consumer and the lane.
    package init(
        consumer: Consumer,
        reader: CommandReader,
        authenticator: any CallerAuthenticator,
        executor: ThreadExecutor
    ) {
        self.consumer = consumer
        self.reader = reader
        self.authenticator = authenticator
        self.executor = executor
    }

    package func open() async throws(IntakeError) {
        do {
            try await consumer.connect()
        } catch {
            throw IntakeError(error.description)
        }
    }

    package func receive(atMost limit: Int) async throws(IntakeError) -> [IncomingCommand] {
        let deliveries: [Delivery]
        do {
            deliveries = try await consumer.receive(atMost: limit)
        } catch {
            throw IntakeError(error.description)
        }
        return await read(deliveries)
    }

    package func read(_ command: IncomingCommand) async -> IncomingCommand {
        guard let delivery = command.origin as? Delivery else { return command }
        return await read([delivery], isAlone: true).first ?? command
    }

    package nonisolated func sender(of command: IncomingCommand) -> Caller? {
        (command.origin as? Delivery).flatMap(reader.sender)
    }

    package nonisolated func suspectID(of command: IncomingCommand) -> SuspectID {
        guard let delivery = command.origin as? Delivery else {
            return SuspectID(parts: [Array(command.context.requestID.utf8)])
        }
        return SuspectID(of: delivery)
    }

    private func read(_ deliveries: [Delivery], isAlone: Bool = false) async -> [IncomingCommand] {
        var batch = ReadBatch(deliveries, by: reader, isAlone: isAlone)
        let keys = batch.unknownKeys
        if !keys.isEmpty { batch.take(await search(for: keys)) }
        return batch.commands
    }

    private func search(for keys: [UnknownKey]) async -> [UnknownKey: KeyResolution] {
        let search = Task { [authenticator] in await authenticator.resolve(keys) }
        searches.insert(search)
        defer { searches.remove(search) }
        return await withTaskCancellationHandler {
            await search.value
        } onCancel: {
            search.cancel()
        }
    }

    package func settle(through mark: DeliveryMark, isUrgent: Bool) async throws(IntakeError) {
        // A mark that names no delivery is a mistake of ours, and acknowledging nothing is the safe answer to it.
        guard let tag = DeliveryTag(epoch: mark.epoch, number: mark.tag) else { return }
        await consumer.acknowledge(upTo: tag, isUrgent: isUrgent)
    }

    package func stopReceiving() async {
        // Whoever comes next may find the keys.
        for search in searches { search.cancel() }
        await consumer.stopConsuming(until: .now + .seconds(2))
    }

    package func close() async {
        await consumer.close()
    }
}
