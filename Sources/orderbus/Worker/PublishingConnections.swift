internal import AMQP
internal import OrderMessaging
internal import OrderWorker
internal import Orders
internal import ServiceLifecycle
internal import ThreadExecutor

/// The connections that publish, apart from those that consume: an alarm stops what is published, and must not stop the
/// acknowledgements.
///
/// Over plain TCP publishing never blocks, so a lane's replies go out on its own thread, and the events on the relay's:
/// no batch changes threads. Over TLS a write can block, and each gets a thread of its own.
struct PublishingConnections: Service {
    /// For what leaves the outbox: a subscriber's queue that confirms nothing holds up these alone.
    let events: Publisher
    let relayThread: ThreadExecutor
    /// For what settles a command.
    private let settling: Publisher
    /// For requesters without a queue, whose addresses can end a connection.
    private let direct: Publisher
    private let threads: [String: ThreadExecutor]
    /// The broker's name for us, on what we send to wait.
    private let user: ShortString
    private let release: String?
    /// For replies that may be lost, by lane.
    private let courtesies: [String: Publisher]
    private let telemetry: WorkerTelemetry

    /// - Parameter release: of this worker, for the letters that it buries; `nil` if nobody has said.
    init(
        _ broker: ConnectionSettings,
        user: ShortString,
        release: String?,
        lanes: [String],
        telemetry: WorkerTelemetry
    ) {
        self.user = user
        self.release = release
        self.telemetry = telemetry
        let mayBlock = broker.endpoints.contains(where: \.isTLS)
        func connection(_ name: String) -> ConnectionSettings {
            var settings = broker
            settings.connectionName = "orderbus worker \(name)"
            return settings
        }
        let relayThread = ThreadExecutor(name: "relay")
        self.relayThread = relayThread
        func publisher(
            _ name: String,
            _ options: PublisherSettings = PublisherSettings(),
            observe: @escaping ConnectionObserver
        ) -> Publisher {
            Publisher(
                settings: connection(name),
                options: options,
                executor: mayBlock ? ThreadExecutor(name: name) : relayThread,
                observe: observe
            )
        }
        events = publisher("events") { telemetry.connectionEvent($0, of: WorkerTelemetry.events) }
        settling = publisher("settling") { telemetry.connectionEvent($0, of: WorkerTelemetry.publisher) }
        var brief = PublisherSettings()
        // Whoever uses it waits for nobody: commands must not wait for an address that ends connections.
        brief.publishTimeout = .seconds(2)
        brief.backoff = Backoff(maximum: .seconds(1))
        direct = publisher("direct replies", brief) { telemetry.connectionEvent($0, of: WorkerTelemetry.directReplies) }

        var options = PublisherSettings()
        options.confirms = false
        var threads: [String: ThreadExecutor] = [:]
        var courtesies: [String: Publisher] = [:]
        for lane in lanes {
            let thread = ThreadExecutor(name: lane)
            threads[lane] = thread
            courtesies[lane] = Publisher(
                settings: connection("\(lane) replies"),
                options: options,
                executor: mayBlock ? ThreadExecutor(name: "\(lane)-out") : thread
            ) { event in
                // Its outages are those of the settling connection, which tells of them.
                switch event {
                case .returned, .dropped: telemetry.connectionEvent(event, of: WorkerTelemetry.publisher)
                default: break
                }
            }
        }
        self.threads = threads
        self.courtesies = courtesies
    }

    /// The thread that a lane shares with its consumer, its store and its replies.
    func laneThread(_ lane: String) -> ThreadExecutor {
        threads[lane] ?? ThreadExecutor(name: lane)
    }

    func responder(of lane: String) -> AMQPResponder {
        AMQPResponder(
            courtesy: courtesies[lane] ?? settling,
            direct: direct,
            settling: settling,
            worker: user,
            release: release,
            now: ServiceClock.system.now,
            countLost: telemetry.replyLost
        )
    }

    /// Ends at a shutdown once everything is written and confirmed, a second later at most.
    func run() async throws {
        let publishers = [events, settling, direct] + courtesies.values
        await withTaskGroup { group in
            for publisher in publishers { group.addTask { await publisher.run() } }
            try? await gracefulShutdown()
            let deadline = ContinuousClock.now + .seconds(1)
            for publisher in publishers { _ = await publisher.waitUntilIdle(until: deadline) }
            group.cancelAll()
        }
    }
}
