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
    /// For what settles a command or leaves the outbox.
    let confirming: Publisher
    let relayThread: ThreadExecutor
    private let threads: [String: ThreadExecutor]
    /// The broker's name for us, on what we send to wait.
    private let user: ShortString
    private let release: String?
    /// For replies that may be lost, by lane.
    private let courtesies: [String: Publisher]

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
        let mayBlock = broker.endpoints.contains(where: \.isTLS)
        func connection(_ name: String) -> ConnectionSettings {
            var settings = broker
            settings.connectionName = "orderbus worker \(name)"
            return settings
        }
        relayThread = ThreadExecutor(name: "relay")
        confirming = Publisher(
            settings: connection("events"),
            executor: mayBlock ? ThreadExecutor(name: "events") : relayThread
        ) { telemetry.publisherEvent($0) }

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
                // Its outages are those of the confirming connection, which tells of them.
                switch event {
                case .returned, .dropped: telemetry.publisherEvent(event)
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
            courtesy: courtesies[lane] ?? confirming,
            confirming: confirming,
            worker: user,
            release: release,
            now: ServiceClock.system.now
        )
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await confirming.run() }
                for courtesy in courtesies.values { group.addTask { await courtesy.run() } }
            }
        }
    }
}
