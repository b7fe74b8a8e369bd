import AMQP
import OrderMessaging
import OrderRecovery
import OrderStorage
import OrderTestKit
import Orders
import Postgres
import Testing
import ThreadExecutor

/// The keeper between the real broker and the real database.
@Suite(.enabled(if: TestServers.areEnabled, TestServers.whyDisabled), .timeLimit(.minutes(5)))
struct KeepingTests {
    private func source(_ servers: TestServers, _ queue: ShortString) -> AMQPDeadLetterSource {
        let executor = ThreadExecutor(name: "test-keeper")
        let consumer = Consumer(settings: servers.broker, queue: queue, prefetch: 100, executor: executor)
        return AMQPDeadLetterSource(
            consumer: consumer,
            reader: LetterReader(),
            authenticator: NobodysAuthenticator(),
            executor: executor
        )
    }

    private func publish(_ count: Int, to queue: ShortString, _ servers: TestServers) async throws {
        try await servers.withPublisher { publisher in
            let messages = (0..<count).map { number in
                OutgoingMessage(
                    routingKey: queue,
                    properties: MessageProperties(
                        headers: ["odd": .int8(-1)],
                        deliveryMode: 2,
                        messageID: ShortString("message-\(number)"),
                        type: "order.create.v1"
                    ),
                    body: Array("{\"customerId\":\"cust_\(number)\"}".utf8)
                )
            }
            let outcomes = await publisher.publish(messages, within: .seconds(60))
            #expect(outcomes.count { $0.isConfirmed } == count)
        }
    }

    @Test func whatIsLostBetweenCommitAndAcknowledgementIsOneEntry() async throws {
        try await TestServers.with { servers in
            try await servers.withQueue { queue in
                try await publish(50, to: queue, servers)
                let connection = try servers.connect()
                let store = PostgresDeadLetterStore(connection, limit: .seconds(60))
                let source = FragileSource(source(servers, queue), failures: 3)
                let observer = CountingObserver()
                let keeper = LetterKeeper(
                    source: source,
                    store: store,
                    clock: .real,
                    observer: observer,
                    batchLimit: 20
                )
                let task = Task { await keeper.run() }
                await observer.waitUntilKept(50)
                task.cancel()
                await task.value
                let page = try await store.list(LetterFilter(), within: .all, after: nil, limit: 100)
                #expect(page.letters.count == 50)
                #expect(page.letters.allSatisfy { $0.arrivals == 1 && $0.failure.reason == .unrouted })
                #expect(source.failures == 3)
                #expect(try await servers.count(queue) == 0)
                let letters = try await store.letters(LetterFilter(), within: .all, after: nil, limit: 1)
                #expect(letters.letters.first?.message.headers.first { $0.label == "odd" }?.value == .int8(-1))
                await connection.close()
            }
        }
    }

    @Test func whatTheDatabaseRejectsHoldsUpNobody() async throws {
        try await TestServers.with { servers in
            try await servers.withQueue { queue in
                let connection = try servers.connect()
                // Stands for whatever a letter may hold that the database will not have: in a text, in the body itself.
                try await connection.execute(
                    script: """
                        ALTER TABLE dead_letters ADD CHECK (customer_id <> 'cust_3');
                        ALTER TABLE dead_letter_messages ADD CHECK (body <> '{"customerId":"cust_7"}')
                        """,
                    within: .seconds(60)
                )
                try await publish(40, to: queue, servers)
                let store = PostgresDeadLetterStore(connection, limit: .seconds(60))
                let observer = CountingObserver()
                let keeper = LetterKeeper(
                    source: source(servers, queue),
                    store: store,
                    clock: .real,
                    observer: observer,
                    batchLimit: 20
                )
                let task = Task { await keeper.run() }
                await observer.waitUntilKept(39)
                // Acknowledged one by one, beside the one that is held.
                try await publish(5, to: queue, servers)
                await observer.waitUntilKept(44)
                task.cancel()
                await task.value
                let page = try await store.list(LetterFilter(), within: .all, after: nil, limit: 100)
                #expect(page.letters.count == 39)
                let bare = page.letters.filter { $0.failure.code == "UNREADABLE" }
                #expect(bare.count == 1)
                let letter = try await store.show(try #require(bare.first).id, within: .all)?.letter
                #expect(letter?.message.body == Array("{\"customerId\":\"cust_3\"}".utf8))
                // The end of the connection gave it back.
                #expect(try await servers.count(queue) == 1)
                await connection.close()
            }
        }
    }
}
