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
        var commands: [IncomingCommand] = []
        commands.reserveCapacity(deliveries.count)
        for delivery in deliveries {
            let headers = CommandHeaders(delivery.properties.headers)
            let context = reader.context(of: delivery, headers)
            var result = reader.read(delivery, headers, context)
            if case .unknownKey(let key) = result {
                switch await authenticator.resolve(key) {
                case .judgeAgain: result = reader.read(delivery, headers, context)
                case .refuse(let refusal): result = .read(.refused(refusal, nil))
                case .unavailable: break
                }
            }
            commands.append(
                IncomingCommand(
                    mark: DeliveryMark(epoch: delivery.tag.epoch, tag: delivery.tag.number),
                    context: context,
                    reading: result.reading,
                    origin: delivery
                )
            )
        }
        return commands
    }

    package func settle(through mark: DeliveryMark) async throws(IntakeError) {
        // A mark that names no delivery is a mistake of ours, and acknowledging nothing is the safe answer to it.
        guard let tag = DeliveryTag(epoch: mark.epoch, number: mark.tag) else { return }
        await consumer.acknowledge(upTo: tag)
    }

    package func stopReceiving() async {
        await consumer.stopConsuming(until: .now + .seconds(2))
    }

    package func close() async {
        await consumer.close()
    }
}

extension CommandReader.Result {
    fileprivate var reading: IncomingCommand.Reading {
        switch self {
        case .read(let reading): reading
        case .unknownKey: .undecided(reason: "the issuer's keys cannot be had")
        }
    }
}
