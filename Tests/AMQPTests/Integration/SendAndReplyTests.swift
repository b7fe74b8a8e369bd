import AMQP
import Testing
import ThreadExecutor

@Suite(.enabled(if: TestBroker.isEnabled, "AMQP_TEST_URL is not set"), .timeLimit(.minutes(3)))
struct SendAndReplyTests {
    private var withoutConfirms: PublisherSettings {
        var options = PublisherSettings()
        options.confirms = false
        return options
    }

    @Test func whatIsSentArrivesAndWhatIsReturnedIsToldToTheObserver() async throws {
        try await TestBroker.withQueue { queue, _ in
            let events = EventLog()
            try await TestBroker.withPublisher(withoutConfirms, events: events) { publisher in
                let lost = OutgoingMessage(routingKey: TestBroker.uniqueName(), body: [0])
                let messages = (0..<100).map { OutgoingMessage(routingKey: queue, body: [UInt8($0)]) }
                let accepted = await publisher.send(messages + [lost])
                #expect(accepted == 101)
                await events.first(where: \.isReturned)
                let isReached = await publisher.waitUntilIdle(until: .now + .seconds(30))
                #expect(isReached)
            }
            try await TestBroker.withConsumer(of: queue) { consumer in
                let deliveries = try await consumer.collect(100).map(\.body)
                #expect(deliveries == (0..<100).map { [UInt8($0)] })
            }
        }
    }

    @Test func aSenderFasterThanTheBrokerIsHeldBackAndLosesNothing() async throws {
        try await TestBroker.withQueue { queue, administrator in
            var options = withoutConfirms
            options.sendBufferLimit = 10
            let events = EventLog()
            try await TestBroker.withPublisher(options, events: events) { publisher in
                for _ in 0..<200 {
                    let message = OutgoingMessage(routingKey: queue, body: Array(repeating: 1, count: 20_000))
                    let accepted = await publisher.send(Array(repeating: message, count: 10))
                    #expect(accepted == 10)
                }
                let isReached = await publisher.waitUntilIdle(until: .now + .seconds(20))
                #expect(isReached)
            }
            #expect(events.count(where: \.isDropped) == 0)
            try await TestBroker.withConsumer(of: queue, prefetch: 2000) { consumer in
                let deliveries = try await consumer.collect(2000).count
                #expect(deliveries == 2000)
            }
        }
    }

    @Test func whatWaitsForAConnectionIsBoundedInBytes() async throws {
        var options = withoutConfirms
        options.sendBufferByteLimit = 100_000
        let publisher = Publisher(
            settings: try TestBroker.settings(),
            options: options,
            executor: ThreadExecutor(name: "unconnected")
        )
        let message = OutgoingMessage(routingKey: "q", body: Array(repeating: 1, count: 30_000))
        let messages = Array(repeating: message, count: 9)
        #expect(await publisher.send(messages) == 4)
        #expect(await publisher.send(messages) == 0)
    }

    @Test func whatWasSentWithoutAConnectionGoesOutOnTheNextOne() async throws {
        try await TestBroker.withQueue { queue, _ in
            try await TCPProxy.withProxy { proxy, port in
                let settings = try TestBroker.settings(through: port)
                let events = EventLog()
                try await TestBroker.withPublisher(withoutConfirms, settings: settings, events: events) { publisher in
                    await proxy.refuse(true)
                    await proxy.cutAll()
                    await events.first(where: \.isLost)
                    let accepted = await publisher.send([OutgoingMessage(routingKey: queue, body: [5])])
                    #expect(accepted == 1)
                    await proxy.refuse(false)
                    try await TestBroker.withConsumer(of: queue) { consumer in
                        let deliveries = try await consumer.collect(1).map(\.body)
                        #expect(deliveries == [[5]])
                    }
                }
            }
        }
    }

    @Test(arguments: [PublisherSettings.ReplySource.direct, .exclusiveQueue])
    func answersArriveOnTheChannelThatAsked(source: PublisherSettings.ReplySource) async throws {
        var options = PublisherSettings()
        options.replySource = source
        try await TestBroker.withQueue { queue, _ in
            try await TestBroker.withPublisher(options) { asking in
                let address = try #require(await asking.replyAddress)
                let questions = (0..<50).map { number in
                    let id = ShortString(bytes: [0xFF, UInt8(number)])
                    let properties = MessageProperties(correlationID: id, replyTo: address)
                    return OutgoingMessage(routingKey: queue, properties: properties, body: [UInt8(number)])
                }
                let outcomes = await asking.publish(questions).allSatisfy { $0.isConfirmed }
                #expect(outcomes)
                try await TestBroker.withConsumer(of: queue) { consumer in
                    let received = try await consumer.collect(50)
                    try await TestBroker.withPublisher(withoutConfirms) { answering in
                        let answers = try received.map { question in
                            OutgoingMessage(
                                routingKey: try #require(question.properties.replyTo),
                                properties: MessageProperties(correlationID: question.properties.correlationID),
                                body: question.body + [1]
                            )
                        }
                        let accepted = await answering.send(answers)
                        #expect(accepted == 50)
                        var answered: [Delivery] = []
                        while answered.count < 50 { answered += try await asking.receiveReplies() }
                        #expect(answered.map(\.body) == (0..<50).map { [UInt8($0), 1] })
                        #expect(answered.map { $0.properties.correlationID?.bytes.last } == (0..<50).map { UInt8($0) })
                    }
                }
            }
        }
    }

    @Test func aLostConnectionEndsTheWaitForAnswers() async throws {
        var options = PublisherSettings()
        options.replySource = .exclusiveQueue
        try await TCPProxy.withProxy { proxy, port in
            let settings = try TestBroker.settings(through: port)
            let events = EventLog()
            try await TestBroker.withPublisher(options, settings: settings, events: events) { publisher in
                let first = await publisher.replyAddress
                let waiting = Task { try await publisher.receiveReplies() }
                await proxy.cutAll()
                let error = await #expect(throws: AMQPError.self) { try await waiting.value }
                #expect(error?.code == .notConnected)
                let isReached = await publisher.waitUntilConnected(until: .now + .seconds(10))
                #expect(isReached)
                let second = await publisher.replyAddress
                #expect(second != first)
            }
        }
    }
}
