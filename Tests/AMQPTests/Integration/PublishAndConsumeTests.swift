import AMQP
import Testing

@Suite(.enabled(if: TestBroker.isEnabled, "AMQP_TEST_URL is not set"), .timeLimit(.minutes(3)))
struct PublishAndConsumeTests {
    @Test func aMessageComesBackAsItWentWithBytesThatAreNoText() async throws {
        var properties = MessageProperties(
            contentType: "application/json",
            headers: ["authorization": .text("Bearer x"), "n": .int32(-5), "raw": .bytes([0, 0xFF])],
            deliveryMode: 2,
            correlationID: ShortString(bytes: [0xFF, 0x00, 0xC3, 0x28]),
            replyTo: "amq.reply",
            messageID: "m-1",
            type: "test.v1"
        )
        properties.expiration = "60000"
        properties.timestamp = 1_700_000_000
        properties.priority = 3
        properties.appID = "tests"
        properties.contentEncoding = "identity"
        let body = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let delivery = try await roundTrip([OutgoingMessage(routingKey: "", properties: properties, body: body)])[0]
        #expect(delivery.properties == properties)
        #expect(delivery.body == body)
        #expect(!delivery.isRedelivered && !delivery.isTruncated)
        #expect(delivery.exchange.isEmpty)
    }

    /// Publishes to a new queue and gives what arrives there.
    private func roundTrip(_ messages: [OutgoingMessage], bodyLimit: Int = 1 << 20) async throws -> [Delivery] {
        try await TestBroker.withQueue { queue, _ in
            let outcomes = try await TestBroker.withPublisher { publisher in
                await publisher.publish(
                    messages.map { message in
                        var message = message
                        message.routingKey = queue
                        return message
                    }
                )
            }
            #expect(outcomes.allSatisfy { $0.isConfirmed })
            var settings = try TestBroker.settings()
            settings.bodyLimit = bodyLimit
            return try await TestBroker.withConsumer(of: queue, settings: settings) { consumer in
                let deliveries = try await consumer.collect(messages.count)
                #expect(deliveries.count == messages.count)
                if let last = deliveries.last { await consumer.acknowledge(upTo: last.tag) }
                return deliveries
            }
        }
    }

    @Test func everyMessageOfManyCallersIsConfirmedAndArrivesInEachCallersOrder() async throws {
        var options = PublisherSettings()
        // Smaller than a batch, so that batches are written piece by piece.
        options.windowSize = 64
        try await TestBroker.withQueue { queue, administrator in
            let confirmed = try await TestBroker.withPublisher(options) { publisher in
                await withTaskGroup(of: Int.self) { group in
                    for caller in 0..<8 {
                        group.addTask {
                            let messages = (0..<250).map { number in
                                OutgoingMessage(routingKey: queue, body: [UInt8(caller), UInt8(number)])
                            }
                            return await publisher.publish(messages).count(where: \.isConfirmed)
                        }
                    }
                    return await group.reduce(0, +)
                }
            }
            #expect(confirmed == 2000)
            let bodies = try await TestBroker.withConsumer(of: queue, prefetch: 70) { consumer in
                var bodies: [[UInt8]] = []
                while bodies.count < 2000 {
                    let batch = try await consumer.receive(atMost: 50, until: .now + .seconds(10))
                    guard let last = batch.last else { break }
                    bodies += batch.map(\.body)
                    await consumer.acknowledge(upTo: last.tag)
                }
                return bodies
            }
            for caller in 0..<8 {
                #expect(bodies.filter { $0[0] == caller }.map { $0[1] } == (0..<250).map { UInt8($0) })
            }
            let state = try await administrator.state(of: queue).messageCount
            #expect(state == 0)
        }
    }

    @Test func aReturnedMessageIsToldFromItsNeighbours() async throws {
        try await TestBroker.withQueue { queue, _ in
            try await TestBroker.withPublisher { publisher in
                let gone = TestBroker.uniqueName()
                var optional = OutgoingMessage(routingKey: gone, body: [9])
                optional.isMandatory = false
                let outcomes = await publisher.publish([
                    OutgoingMessage(routingKey: queue, body: [1]),
                    OutgoingMessage(routingKey: gone, properties: MessageProperties(messageID: "a"), body: [2]),
                    optional,
                    OutgoingMessage(routingKey: gone, properties: MessageProperties(messageID: "b"), body: []),
                    OutgoingMessage(routingKey: queue, body: [3]),
                ])
                let returned = PublishOutcome.returned(replyCode: 312, text: "NO_ROUTE")
                #expect(outcomes == [.confirmed, returned, .confirmed, returned, .confirmed])
            }
        }
    }

    @Test func aFullQueueRefusesAndTheOutcomeSaysSo() async throws {
        let arguments: FieldTable = ["x-max-length": .int32(1), "x-overflow": .text("reject-publish")]
        try await TestBroker.withQueue(arguments: arguments) { queue, _ in
            try await TestBroker.withPublisher { publisher in
                let message = OutgoingMessage(routingKey: queue, body: [1])
                let outcomes = await publisher.publish([message])
                #expect(outcomes == [.confirmed])
                let later = await publisher.publish([message])
                #expect(later == [.nacked])
            }
        }
    }

    @Test func aBodyOverTheLimitIsDrainedAndFlagged() async throws {
        let big = OutgoingMessage(routingKey: "", body: Array(repeating: 7, count: 3_000_000))
        let small = OutgoingMessage(routingKey: "", body: Array(repeating: 8, count: 1000))
        let deliveries = try await roundTrip([small, big, small], bodyLimit: 1000)
        #expect(deliveries.map(\.isTruncated) == [false, true, false])
        #expect(deliveries.map(\.bodyByteCount) == [1000, 3_000_000, 1000])
        #expect(deliveries.map(\.body.count) == [1000, 0, 1000])
    }

    @Test func aHeaderThatFitsIntoNoFrameIsRefusedAlone() async throws {
        try await TestBroker.withQueue { queue, _ in
            try await TestBroker.withPublisher { publisher in
                let headers: FieldTable = ["big": .string(ArraySlice(repeating: 0x61, count: 200_000))]
                let outcomes = await publisher.publish([
                    OutgoingMessage(routingKey: queue, body: [1]),
                    OutgoingMessage(routingKey: queue, properties: MessageProperties(headers: headers), body: [2]),
                    OutgoingMessage(routingKey: queue, body: [3]),
                ])
                #expect(outcomes == [.confirmed, .tooLarge, .confirmed])
            }
        }
    }

    /// librabbitmq decodes nested tables recursively: such a header overflowed small stacks.
    @Test(arguments: ["table", "array"]) func aHeaderNestedEighteenThousandLevelsDeepDoesNoHarm(kind: String)
        async throws
    {
        var encoded: [UInt8] = [UInt8(ascii: "V")]
        var reversed: [UInt8] = []
        let levels = 18_000
        for _ in 0..<levels {
            let inner = reversed.count + encoded.count
            let size = kind == "table" ? inner + 1 : inner
            let length = (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
            if kind == "table" { reversed.append(0) }
            reversed += length + [UInt8(ascii: kind == "table" ? "F" : "A")]
        }
        encoded = reversed.reversed() + encoded
        let bomb = try #require(FieldTable(testing: "bomb", encodedValue: encoded))
        let properties = MessageProperties(headers: bomb, messageID: "bomb")
        let deliveries = try await roundTrip([
            OutgoingMessage(routingKey: "", properties: properties, body: [1]),
            OutgoingMessage(routingKey: "", body: [2]),
        ])
        #expect(deliveries.map(\.body) == [[1], [2]])
        var depth = 0
        var value = deliveries.first?.properties.headers["bomb"]
        while let inner = value, depth < levels {
            switch inner {
            case .table(let table): value = table.first { _ in true }?.value
            case .array(let array): value = array.first { _ in true }
            default: value = nil
            }
            depth += 1
        }
        #expect(depth <= FieldTable.maximumDepth)
    }

    @Test func aReceiveGivesUpAtItsDeadlineAndOnCancellation() async throws {
        try await TestBroker.withQueue { queue, _ in
            try await TestBroker.withConsumer(of: queue) { consumer in
                let deliveries = try await consumer.receive(atMost: 10, until: .now + .milliseconds(50)).isEmpty
                #expect(deliveries)
                let waiting = Task { try await consumer.receive(atMost: 10) }
                waiting.cancel()
                let error = await #expect(throws: AMQPError.self) { try await waiting.value }
                #expect(error?.code == .cancelled)
            }
        }
    }
}
