import AMQP
import Testing

@Suite(.enabled(if: TestBroker.isEnabled, "AMQP_TEST_URL is not set"), .timeLimit(.minutes(3)))
struct SettlementTests {
    private func publish(_ count: Int, to queue: ShortString) async throws {
        let outcomes = try await TestBroker.withPublisher { publisher in
            await publisher.publish((0..<count).map { OutgoingMessage(routingKey: queue, body: [UInt8($0)]) })
        }
        #expect(outcomes.allSatisfy { $0.isConfirmed })
    }

    @Test func whatIsNotAcknowledgedComesAgainAndOldTagsAreVoid() async throws {
        try await TestBroker.withQueue { queue, administrator in
            try await publish(5, to: queue)
            try await TestBroker.withConsumer(of: queue) { consumer in
                let first = try await consumer.collect(5)
                await consumer.acknowledge(upTo: first[1].tag)
                await consumer.acknowledge([first[3].tag])
                try await consumer.connect()
                let second = try await consumer.collect(2)
                #expect(second.map(\.body) == [[2], [4]])
                #expect(second.allSatisfy { $0.isRedelivered && $0.tag.epoch == 2 })
                // A tag of the first connection would close the channel of the second.
                await consumer.acknowledge(upTo: first[4].tag)
                await consumer.acknowledge([first[2].tag])
                await consumer.reject([first[2].tag])
                await consumer.acknowledge(upTo: second[1].tag)
                await consumer.acknowledge(upTo: second[1].tag)
                let deliveries = try await consumer.receive(atMost: 1, until: .now + .milliseconds(200)).isEmpty
                #expect(deliveries)
            }
            let state = try await administrator.state(of: queue).messageCount
            #expect(state == 0)
        }
    }

    @Test func largeMessagesWaitAtTheBrokerAndAreHandedBackAtTheEnd() async throws {
        try await TestBroker.withQueue { queue, administrator in
            let body = [UInt8](repeating: 7, count: 250_000)
            let outcomes = try await TestBroker.withPublisher { publisher in
                await publisher.publish((0..<60).map { _ in OutgoingMessage(routingKey: queue, body: body) })
            }
            #expect(outcomes.allSatisfy { $0.isConfirmed })
            try await TestBroker.withConsumer(of: queue, prefetch: 100) { consumer in
                // What is received at once is bounded, whatever the prefetch.
                var count = 0
                while count < 40 {
                    let batch = try await consumer.receive(atMost: 40 - count, until: .now + .seconds(10))
                    let last = try #require(batch.last)
                    #expect(batch.count <= 20)
                    await consumer.acknowledge(upTo: last.tag)
                    count += batch.count
                }
                await consumer.stopConsuming(until: .now + .seconds(20))
            }
            #expect(try await administrator.state(of: queue).messageCount == 20)
        }
    }

    @Test func anAcknowledgementThatWaitsForCompanyGoesOutWhenItsTimeIsUp() async throws {
        try await TestBroker.withQueue { queue, _ in
            try await publish(9, to: queue)
            try await TestBroker.withConsumer(of: queue, prefetch: 8, acknowledgementDelay: .milliseconds(20)) {
                consumer in
                let first = try await consumer.collect(8)
                await consumer.acknowledge(upTo: first[0].tag)
                // The broker sends it only once it knows that one is settled.
                let last = try await consumer.collect(1)
                #expect(last.map(\.body) == [[8]])
            }
        }
    }

    @Test func acknowledgementsThatAreManyOrTheLastDoNotWait() async throws {
        try await TestBroker.withQueue { queue, administrator in
            try await publish(10, to: queue)
            try await TestBroker.withConsumer(of: queue, prefetch: 8, acknowledgementDelay: .seconds(3600)) {
                consumer in
                let first = try await consumer.collect(8)
                await consumer.acknowledge(upTo: first[1].tag)
                let last = try await consumer.collect(2)
                await consumer.acknowledge(upTo: last[0].tag)
                await consumer.close()
            }
            let state = try await administrator.state(of: queue).messageCount
            #expect(state == 1)
        }
    }

    @Test func rejectingEndsAMessageAndHandingBackDoesNot() async throws {
        try await TestBroker.withQueue { queue, _ in
            try await publish(2, to: queue)
            try await TestBroker.withConsumer(of: queue) { consumer in
                let deliveries = try await consumer.collect(2)
                await consumer.reject([deliveries[0].tag])
                await consumer.handBack([deliveries[1].tag])
                let again = try await consumer.collect(1)
                #expect(again.map(\.body) == [[1]])
                #expect(again.allSatisfy { $0.isRedelivered })
                await consumer.acknowledge(again.map(\.tag))
                let rest = try await consumer.receive(atMost: 1, until: .now + .milliseconds(200)).isEmpty
                #expect(rest)
            }
        }
    }

    @Test func afterStoppingWhatIsInHandCanBeSettledAndTheRestGoesBack() async throws {
        try await TestBroker.withQueue { queue, administrator in
            try await publish(10, to: queue)
            try await TestBroker.withConsumer(of: queue) { consumer in
                let inHand = try await consumer.receive(atMost: 3, until: .now + .seconds(10))
                await consumer.stopConsuming(until: .now + .seconds(30))
                let deliveries = try await consumer.receive(atMost: 10).isEmpty
                #expect(deliveries)
                await consumer.acknowledge(upTo: inHand[inHand.count - 1].tag)
                await consumer.close()
                let state = try await administrator.state(of: queue)
                #expect(state.messageCount == UInt32(10 - inHand.count))
                #expect(state.consumerCount == 0)
            }
        }
    }

    @Test func aDeletedQueueEndsTheConsumerWithItsReason() async throws {
        try await TestBroker.withQueue { queue, administrator in
            let events = EventLog()
            try await TestBroker.withConsumer(of: queue, events: events) { consumer in
                let waiting = Task { try await consumer.receive(atMost: 1) }
                try await administrator.delete(queue)
                let error = await #expect(throws: AMQPError.self) { try await waiting.value }
                #expect(error?.code == .consumerCancelled)
                let next = await #expect(throws: AMQPError.self) { try await consumer.connect() }
                #expect(next?.code == .notFound)
                #expect(next?.isRetryable == true)
            }
            #expect(events.all.contains { $0.lostCode == .consumerCancelled })
        }
    }

    @Test func aTagSettledTwiceClosesTheChannelAndTheErrorSaysSo() async throws {
        try await TestBroker.withQueue { queue, _ in
            try await publish(2, to: queue)
            try await TestBroker.withConsumer(of: queue) { consumer in
                let deliveries = try await consumer.collect(2)
                await consumer.acknowledge([deliveries[1].tag])
                await consumer.acknowledge([deliveries[1].tag])
                let error = await #expect(throws: AMQPError.self) { try await consumer.receive(atMost: 1) }
                #expect(error?.code == .preconditionFailed)
                #expect(error?.replyCode == 406)
            }
        }
    }
}
