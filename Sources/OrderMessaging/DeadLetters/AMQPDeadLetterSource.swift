package import AMQP
package import Orders
package import ThreadExecutor

/// A consumer of the queue of dead letters.
package actor AMQPDeadLetterSource: DeadLetterSource {
    private let executor: ThreadExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let consumer: Consumer
    private let reader: LetterReader
    private let authenticator: any CallerAuthenticator

    /// Puts the source together; nothing connects before `open()`.
    ///
    /// - Parameters:
    ///   - consumer: of ``Topology/deadLetterQueue``, whose settings take bodies of any size that is to be kept.
    ///   - authenticator: verifies tokens that the broker left on what it moved by itself.
    ///   - executor: the consumer's thread.
    package init(
        consumer: Consumer,
        reader: LetterReader,
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

    package func receive(atMost limit: Int) async throws(IntakeError) -> [LetterDelivery] {
        let deliveries: [Delivery]
        do {
            deliveries = try await consumer.receive(atMost: limit)
        } catch {
            throw IntakeError(error.description)
        }
        var letters: [LetterDelivery] = []
        letters.reserveCapacity(deliveries.count)
        for delivery in deliveries {
            let letter = reader.read(delivery, proven: await prove(delivery))
            let mark = DeliveryMark(epoch: delivery.tag.epoch, tag: delivery.tag.number)
            letters.append(LetterDelivery(mark: mark, letter: letter))
        }
        return letters
    }

    /// Whom the token on the message proves; nobody, if it has expired meanwhile or its key cannot be had.
    private func prove(_ delivery: Delivery) async -> Caller? {
        guard let (token, provenBinding) = reader.authorization(of: delivery) else { return nil }
        switch authenticator.authenticate(authorization: token, provenBinding: provenBinding) {
        case .caller(let caller): return caller
        case .refused: return nil
        case .unknownKey(let key):
            guard case .judgeAgain = await authenticator.resolve(key),
                case .caller(let caller) = authenticator.authenticate(
                    authorization: token,
                    provenBinding: provenBinding
                )
            else { return nil }
            return caller
        }
    }

    package func settle(through mark: DeliveryMark) async throws(IntakeError) {
        guard let tag = DeliveryTag(epoch: mark.epoch, number: mark.tag) else { return }
        await consumer.acknowledge(upTo: tag)
    }

    package func settle(_ marks: [DeliveryMark]) async throws(IntakeError) {
        await consumer.acknowledge(marks.compactMap { DeliveryTag(epoch: $0.epoch, number: $0.tag) })
    }

    package func handBack(_ marks: [DeliveryMark]) async throws(IntakeError) {
        await consumer.handBack(marks.compactMap { DeliveryTag(epoch: $0.epoch, number: $0.tag) })
    }

    package func stopReceiving() async {
        await consumer.stopConsuming(until: .now + .seconds(2))
    }

    package func close() async {
        await consumer.close()
    }
}
