import AMQP
import Testing
import ThreadExecutor

@Suite(.enabled(if: TestBroker.isEnabled, "AMQP_TEST_URL is not set"), .timeLimit(.minutes(3)))
struct LostConnectionTests {
    private func message(_ queue: ShortString) -> OutgoingMessage {
        OutgoingMessage(routingKey: queue, body: [1])
    }

    @Test func aPublisherReconnectsByItselfAndWhatWasInFlightIsUnknown() async throws {
        try await TestBroker.withQueue { queue, _ in
            try await TCPProxy.withProxy { proxy, port in
                let events = EventLog()
                let settings = try TestBroker.settings(through: port)
                try await TestBroker.withPublisher(settings: settings, events: events) { publisher in
                    let outcomes = await publisher.publish([message(queue)])
                    #expect(outcomes == [.confirmed])
                    await proxy.freeze()
                    async let inFlight = publisher.publish([message(queue), message(queue)])
                    while await publisher.backlog < 2 { await Task.yield() }
                    await proxy.cutAll()
                    let lost = await inFlight
                    #expect(lost == [.unknown, .unknown])
                    await proxy.thaw()
                    let later = await publisher.publish([message(queue)])
                    #expect(later == [.confirmed])
                }
                #expect(events.count(where: \.isConnected) == 2)
                #expect(events.count(where: \.isLost) == 1)
                #expect(events.count(where: \.isClosed) == 1)
            }
        }
    }

    @Test func aConsumerSaysThatItsConnectionIsLostAndCanConnectAgain() async throws {
        try await TestBroker.withQueue { queue, _ in
            try await TCPProxy.withProxy { proxy, port in
                let settings = try TestBroker.settings(through: port)
                try await TestBroker.withConsumer(of: queue, settings: settings) { consumer in
                    let waiting = Task { try await consumer.receive(atMost: 1) }
                    await proxy.cutAll()
                    let error = await #expect(throws: AMQPError.self) { try await waiting.value }
                    #expect(error?.code == .connectionClosed)
                    #expect(error?.isRetryable == true)
                    try await consumer.connect()
                    let deliveries = try await consumer.receive(atMost: 1, until: .now + .milliseconds(50))
                    #expect(deliveries.isEmpty)
                }
            }
        }
    }

    @Test func aPeerThatFallsSilentIsFoundWithinTwoHeartbeats() async throws {
        try await TestBroker.withQueue { queue, _ in
            try await TCPProxy.withProxy { proxy, port in
                var settings = try TestBroker.settings(through: port)
                settings.heartbeat = .seconds(1)
                settings.connectTimeout = .seconds(3)
                let events = EventLog()
                try await TestBroker.withConsumer(of: queue, settings: settings) { consumer in
                    try await TestBroker.withPublisher(settings: settings, events: events) { publisher in
                        await proxy.freeze()
                        let start = ContinuousClock.now
                        async let outcome = publisher.publish([message(queue)])
                        let error = await #expect(throws: AMQPError.self) { try await consumer.receive(atMost: 1) }
                        #expect(error?.code == .heartbeatMissed)
                        let outcomes = await outcome
                        #expect(outcomes == [.unknown])
                        #expect(ContinuousClock.now - start < .seconds(12))
                        #expect(events.all.contains { $0.lostCode == .heartbeatMissed })
                        await proxy.cutAll()
                        await proxy.thaw()
                        // With heartbeats this short, a busy machine may lose the new connection once more.
                        var later = await publisher.publish([message(queue)])
                        for _ in 0..<10 where later != [.confirmed] {
                            later = await publisher.publish([message(queue)])
                        }
                        #expect(later == [.confirmed])
                    }
                }
            }
        }
    }

    /// librabbitmq's own publish hangs here for ever: the peer takes nothing, and says nothing.
    @Test func aPeerThatTakesNothingHangsNoCall() async throws {
        try await TestBroker.withQueue { queue, _ in
            try await TCPProxy.withProxy { proxy, port in
                var settings = try TestBroker.settings(through: port)
                settings.heartbeat = .seconds(30)
                let events = EventLog()
                try await TestBroker.withPublisher(settings: settings, events: events) { publisher in
                    await proxy.freeze()
                    let big = OutgoingMessage(routingKey: queue, body: Array(repeating: 1, count: 1 << 20))
                    let start = ContinuousClock.now
                    let outcomes = await publisher.publish(Array(repeating: big, count: 40), within: .seconds(1))
                    #expect(ContinuousClock.now - start < .seconds(12))
                    #expect(outcomes.first == .unknown)
                    #expect(outcomes.last == .unsent)
                    await proxy.thaw()
                    let later = await publisher.publish([message(queue)], within: .seconds(60))
                    #expect(later == [.confirmed])
                }
                #expect(events.count(where: \.isLost) == 0)
            }
        }
    }

    /// Long heartbeats, so that a busy machine misses none; the broker's side of it is RabbitMQ's own business.
    @Test func anIdleConnectionSendsHeartbeatsEvenWhenNobodyReceives() async throws {
        try await TestBroker.withQueue { queue, _ in
            try await TCPProxy.withProxy { proxy, port in
                var settings = try TestBroker.settings(through: port)
                settings.heartbeat = .seconds(4)
                let events = EventLog()
                try await TestBroker.withConsumer(of: queue, settings: settings, events: events) { consumer in
                    try await TestBroker.withPublisher(settings: settings, events: events) { publisher in
                        let isAlive = await proxy.hearsHeartbeats(2, ofEach: 2)
                        #expect(isAlive)
                        let outcomes = await publisher.publish([message(queue)])
                        #expect(outcomes == [.confirmed])
                    }
                    let deliveries = try await consumer.collect(1).count
                    #expect(deliveries == 1)
                }
                #expect(events.count(where: \.isLost) == 0)
            }
        }
    }

    @Test func withoutABrokerPublishingFailsInTimeAndSendingIsBounded() async throws {
        var settings = ConnectionSettings(endpoints: [Endpoint(host: "127.0.0.1", port: 1)])
        settings.connectTimeout = .milliseconds(200)
        var options = PublisherSettings()
        options.sendBufferLimit = 3
        let events = EventLog()
        let publisher = Publisher(
            settings: settings,
            options: options,
            executor: ThreadExecutor(name: "test-publisher"),
            observe: events.record
        )
        let running = Task { await publisher.run() }
        let outcomes = await publisher.publish([message("q")], within: .milliseconds(300))
        #expect(outcomes == [.unsent])
        let accepted = await publisher.send([message("q"), message("q")])
        #expect(accepted == 2)
        let partly = await publisher.send([message("q"), message("q")])
        #expect(partly == 1)
        let refused = await publisher.send([message("q")])
        #expect(refused == 0)
        running.cancel()
        await running.value
        #expect(events.count(where: \.isDropped) == 3)
        #expect(!events.all.contains { $0.isConnected })
    }

    @Test func deadlinesHoldEvenIfNobodyRunsThePublisher() async throws {
        let publisher = Publisher(settings: try TestBroker.settings(), executor: ThreadExecutor(name: "test-publisher"))
        let outcomes = await publisher.publish([message("q")], within: .milliseconds(100))
        #expect(outcomes == [.unsent])
        let isConnected = await publisher.waitUntilConnected(until: .now + .milliseconds(100))
        #expect(!isConnected)
    }

    @Test func refusedCredentialsAreToldFromAnUnreachableBroker() async throws {
        var settings = try TestBroker.settings()
        settings.endpoints[0].password = "wrong"
        let refused = await #expect(throws: AMQPError.self) { try await Administrator(settings: settings).connect() }
        #expect(refused?.code == .authenticationRefused)
        #expect(refused?.description.contains("wrong") == false)
        settings = try TestBroker.settings()
        settings.endpoints[0].virtualHost = "no such host"
        let missing = await #expect(throws: AMQPError.self) { try await Administrator(settings: settings).connect() }
        #expect(missing?.code == .accessRefused)
        settings.endpoints = [Endpoint(host: "127.0.0.1", port: 1)]
        let unreachable = await #expect(throws: AMQPError.self) {
            try await Administrator(settings: settings).connect()
        }
        #expect(unreachable?.code == .connectFailed)
    }

    /// The watchdog, which knew the settings' time alone, cut the login short.
    @Test func endpointHasTheTimeThatItsURLAsksFor() async throws {
        try await TCPProxy.withProxy { proxy, port in
            await proxy.freeze()
            var settings = try TestBroker.settings(through: port)
            settings.connectTimeout = .milliseconds(50)
            settings.callTimeout = .milliseconds(50)
            settings.endpoints[0].connectTimeout = .seconds(2)
            let start = ContinuousClock.now
            let error = await #expect(throws: AMQPError.self) {
                try await Administrator(settings: settings).connect()
            }
            #expect(error?.code == .timedOut)
            #expect(ContinuousClock.now - start >= .milliseconds(1900))
        }
    }

    @Test func anyEndpointOfTheListWillDo() async throws {
        var settings = try TestBroker.settings()
        settings.endpoints.insert(Endpoint(host: "127.0.0.1", port: 1), at: 0)
        for _ in 0..<5 {
            let administrator = Administrator(settings: settings)
            try await administrator.connect()
            await administrator.close()
        }
    }
}
