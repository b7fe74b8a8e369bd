import AMQP
import OrderTestKit
import Testing
import ThreadExecutor

/// Takes commands from a queue, notes which dead letters they were, and says that they are done.
struct EchoingWorker: Sendable {
    /// The letters' ids in the order of their commands.
    let received = Watched<[String]>([])
    private let settings: ConnectionSettings
    private let queue: ShortString

    init(_ settings: ConnectionSettings, _ queue: ShortString) {
        self.settings = settings
        self.queue = queue
    }

    func run() async {
        let executor = ThreadExecutor(name: "test-worker")
        let publisher = Publisher(settings: settings, executor: executor)
        let consumer = Consumer(settings: settings, queue: queue, prefetch: 100, executor: executor)
        await withTaskGroup { group in
            group.addTask { await publisher.run() }
            _ = await publisher.waitUntilConnected(until: .now + .seconds(60))
            try? await consumer.connect()
            while !Task.isCancelled, let deliveries = try? await consumer.receive(atMost: 100) {
                for delivery in deliveries { await answer(delivery, publisher) }
                if let last = deliveries.last { await consumer.acknowledge(upTo: last.tag) }
            }
            await consumer.close()
            group.cancelAll()
        }
    }

    private func answer(_ delivery: Delivery, _ publisher: Publisher) async {
        let properties = delivery.properties
        let name = properties.headers["dead-letter-id"]?.text ?? ""
        received.change { $0.append(name) }
        guard let replyTo = properties.replyTo else { return }
        let reply = MessageProperties(headers: ["status": .int32(201)], correlationID: properties.correlationID)
        await publisher.send([OutgoingMessage(routingKey: replyTo, properties: reply, body: Array("{}".utf8))])
    }

    func waitUntilReceived(_ count: Int) async {
        await received.wait { $0.count >= count ? () : nil }
    }
}
