internal import AMQP
internal import OrderMessaging
internal import Orders
internal import OrderWorker
internal import ServiceLifecycle
internal import ThreadExecutor

/// The two connections that publish, on a thread of their own: an alarm that stops them must not stop the lanes.
struct PublishingConnections: Service {
    /// For what settles a command or leaves the outbox.
    let confirming: Publisher
    /// For replies that may be lost.
    let courtesy: Publisher
    let responder: AMQPResponder

    init(_ broker: ConnectionSettings, telemetry: WorkerTelemetry) {
        let thread = ThreadExecutor(name: "publisher")
        var confirmingBroker = broker
        confirmingBroker.connectionName = "orderbus worker events"
        confirming = Publisher(settings: confirmingBroker, executor: thread) { telemetry.publisherEvent($0) }
        var courtesyBroker = broker
        courtesyBroker.connectionName = "orderbus worker replies"
        var options = PublisherSettings()
        options.confirms = false
        courtesy = Publisher(settings: courtesyBroker, options: options, executor: thread) { event in
            // Its own outages are those of the other connection, which tells of them.
            switch event {
            case .returned, .dropped: telemetry.publisherEvent(event)
            default: break
            }
        }
        responder = AMQPResponder(courtesy: courtesy, confirming: confirming, now: WorkerClock.system.now)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await confirming.run() }
                group.addTask { await courtesy.run() }
            }
        }
    }
}
