internal import AMQP
internal import CoreMetrics
internal import Glibc
internal import Logging
internal import OrderMessaging
internal import OrderStorage
internal import OrderWorker
internal import Orders
internal import Postgres
internal import ServiceLifecycle
internal import Telemetry
internal import ThreadExecutor
internal import Tokens
internal import UnixSignals

/// The composition root of the worker: who is made of what, who runs, and in which order it ends.
struct WorkerProgram {
    private let settings: WorkerProgramSettings
    private let sink: LogSink
    private let plan: WorkerPlan
    private let metrics: PrometheusMetrics
    private let readiness: Readiness
    private let telemetry: WorkerTelemetry

    init(_ settings: WorkerProgramSettings, sink: LogSink) {
        self.settings = settings
        self.sink = sink
        plan = WorkerPlan(settings.worker)
        metrics = PrometheusMetrics(definitions: MetricName.definitions + PrometheusMetrics.processDefinitions)
        metrics.registerProcess()
        let lanes = plan.lanes.map(\.name)
        readiness = Readiness(dependencies: lanes + WorkerTelemetry.sharedDependencies)
        telemetry = WorkerTelemetry(lanes: lanes, sink: sink, readiness: readiness, metrics: metrics)
    }

    /// Works until a signal ends it.
    func run() async throws {
        try FreeAddresses.require([settings.admin])
        try await SchemaGuard.require(settings.database, name: "worker")
        let broker = try settings.amqp.connectionSettings(name: "orderbus worker")
        let trust = try settings.brokerUsers.trust(broker)
        let publishing = PublishingConnections(
            broker,
            user: trust.worker,
            release: settings.worker.release,
            lanes: plan.lanes.map(\.name),
            telemetry: telemetry
        )
        let keys = KeyService(
            settings.tokens,
            metrics: metrics,
            sink: sink,
            tell: telemetry.keysChanged(isReady:reason:)
        )
        let relayThread = publishing.relayThread
        let outbox = PostgresOutbox(try connection(on: relayThread, "relay"), encoder: CloudEventEncoder())
        var relaying = RelayConfiguration()
        relaying.linger = WorkerPlan.linger
        let relay = EventRelay(
            executor: relayThread,
            outbox: outbox,
            publisher: AMQPEventPublisher(publisher: publishing.events),
            observer: telemetry,
            clock: .system,
            configuration: relaying
        )
        let reader = CommandReader(authenticator: keys.gate, trust: trust)
        let ward = IsolationWard()
        let lanes = try plan.lanes.map { lane in
            let intake = makeIntake(of: lane, broker, reader, keys, on: publishing.laneThread(lane.name))
            return try makeLane(lane, intake: intake, publishing: publishing, relay: relay, ward: ward)
        }
        let worker = OrderWorker(lanes: lanes, relay: relay)
        let work = DrainingService(
            name: "worker",
            farewell: "stopping: finishing what is in hand",
            readiness: readiness,
            sink: sink,
            work: { await worker.run() },
            beginShutdown: { Task { await worker.beginShutdown() } }
        )
        let admin = AdminServer(
            host: settings.admin.host,
            port: settings.admin.port,
            readiness: readiness,
            metrics: metrics
        )
        try await runServices([
            sink, admin, keys, publishing, OutboxGauge(outbox: outbox, metrics: metrics), work,
        ])
    }

    /// In order of dependence: they end in reverse, the worker first, the log last.
    private func runServices(_ services: [any Service]) async throws {
        var logger = Logger(label: "lifecycle") { StructuredLogHandler(label: $0, sink: sink) }
        logger.logLevel = max(settings.log.level, .warning)
        sink.record(.notice, "starting", logger: "worker") { line in
            line.field("lanes", plan.lanes.count)
            line.field("prefetch", plan.prefetch)
            line.field("batch", plan.batch)
            line.field("admin_port", settings.admin.port)
            if let release = settings.worker.release { line.field("release", release) }
        }
        try await ServiceGroup.run(services, grace: settings.shutdown.grace, logger: logger)
        sink.record(.notice, "stopped", logger: "worker")
    }

    private func makeIntake(
        of lane: WorkerPlan.LanePlan,
        _ broker: ConnectionSettings,
        _ reader: CommandReader,
        _ keys: KeyService,
        on thread: ThreadExecutor
    ) -> AMQPIntake {
        var broker = broker
        broker.connectionName = "orderbus worker \(lane.name)"
        let consumer = Consumer(
            settings: broker,
            queue: ShortString(lane.queue) ?? .empty,
            prefetch: UInt16(clamping: plan.prefetch),
            executor: thread,
            acknowledgementDelay: WorkerPlan.linger
        )
        return AMQPIntake(consumer: consumer, reader: reader, authenticator: keys.gate, executor: thread)
    }

    private func makeLane(
        _ lane: WorkerPlan.LanePlan,
        intake: AMQPIntake,
        publishing: PublishingConnections,
        relay: EventRelay,
        ward: IsolationWard
    ) throws -> Lane {
        let thread = publishing.laneThread(lane.name)
        let connection = try connection(on: thread, lane.name)
        return Lane(
            configuration: LaneConfiguration(name: lane.name, batchLimit: plan.batch),
            executor: thread,
            intake: intake,
            store: PostgresOrderStore(connection, encoder: CloudEventEncoder()),
            ledger: PostgresSuspectLedger(connection),
            responder: publishing.responder(of: lane.name),
            relay: relay,
            observer: telemetry,
            clock: .system,
            ward: ward
        )
    }

    private func connection(on thread: ThreadExecutor, _ name: String) throws -> Postgres.Connection {
        var database = PostgresSettings(connectionString: settings.database.url)
        database.applicationName = "orderbus worker \(name)"
        // Commits take milliseconds: who holds a lock for longer is somebody else, and must not hold up everybody.
        database.lockTimeout = .seconds(2)
        return try Postgres.Connection(database, on: thread)
    }
}
