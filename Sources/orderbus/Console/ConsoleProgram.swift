internal import AMQP
internal import Glibc
internal import Logging
internal import OrderConsole
internal import OrderHTTP
internal import OrderMessaging
internal import OrderRecovery
internal import Orders
internal import ServiceLifecycle
internal import Telemetry
internal import ThreadExecutor
internal import UnixSignals

/// The composition root of the console: who is made of what, who runs, and in which order it ends.
struct ConsoleProgram {
    private let settings: ConsoleProgramSettings
    private let sink: LogSink
    private let metrics: PrometheusMetrics
    private let readiness: Readiness
    private let telemetry: ConsoleTelemetry

    /// Letters of any size that the worker buries are taken from their queue.
    private static let bodyLimit = 16 << 20

    init(_ settings: ConsoleProgramSettings, sink: LogSink) {
        self.settings = settings
        self.sink = sink
        metrics = PrometheusMetrics(
            definitions: ConsoleMetricName.definitions + HTTPMetricName.requestDefinitions
                + MetricName.definitions + PrometheusMetrics.processDefinitions
        )
        metrics.registerProcess()
        readiness = Readiness(dependencies: ConsoleTelemetry.dependencies)
        telemetry = ConsoleTelemetry(sink: sink, readiness: readiness, metrics: metrics)
    }

    /// Serves until a signal ends it.
    func run() async throws {
        try FreeAddresses.require([settings.console.listener, settings.admin])
        let certificates = try settings.console.tls.map { try ServerCertificates($0) }
        let keys = KeyService(
            settings.tokens,
            metrics: metrics,
            sink: sink,
            tell: telemetry.keysChanged(isReady:reason:)
        )
        let figures = try ConsoleStores(settings.database, name: "figures")
        try await figures.requireSchema(settings.database)
        let client = CommandClient(
            settings: try settings.amqp.connectionSettings(name: "orderbus console replays"),
            executor: ThreadExecutor(name: "replays"),
            observe: { [telemetry] in telemetry.busEvent($0) }
        )
        let gauge = LetterGauge(
            store: figures.letters,
            metrics: metrics,
            telemetry: telemetry,
            now: ServiceClock.system.now
        )
        let admin = AdminServer(
            host: settings.admin.host,
            port: settings.admin.port,
            readiness: readiness,
            metrics: metrics
        )
        let authority = LentAuthority(now: ServiceClock.system.now)
        let server = try server(authority, keys, certificates)
        let service = DrainingService(
            name: "console",
            farewell: "stopping: answering what is in hand",
            readiness: readiness,
            sink: sink,
            work: { try await server.run() }
        )
        var services: [any Service] = [
            sink, admin, keys, gauge, BusConnection(client: client), try recovery(client, authority, keys),
        ]
        if let certificates {
            services.append(CertificateReloader(certificates, logger: logger("tls", .info)))
        }
        try await runServices(services + [service])
    }

    private func server(
        _ authority: LentAuthority,
        _ keys: KeyService,
        _ certificates: ServerCertificates?
    ) throws -> OrderHTTPServer<ConsoleResponder> {
        let responder = try responder(authority, keys)
        metrics.register(
            inFlight: { responder.inFlightCount },
            shed: { responder.shedCount },
            limited: { responder.limitedCount }
        )
        return OrderHTTPServer(
            host: settings.console.listener.host,
            port: settings.console.listener.port,
            responder: responder,
            limits: settings.console.limits,
            certificates: certificates,
            logger: logger("console"),
            onListening: { [sink] port in
                sink.record(.notice, "listening", logger: "console") { $0.field("port", port) }
            }
        )
    }

    private func responder(_ authority: LentAuthority, _ keys: KeyService) throws -> ConsoleResponder {
        let stores = try ConsoleStores(settings.database, name: "operators")
        return ConsoleResponder(
            configuration: settings.console.configuration,
            letters: stores.letters,
            jobs: stores.jobs,
            audit: stores.audit,
            checker: AMQPCommandChecker(),
            mapper: JSONBodyMapper(),
            codec: NDJSONLetterCodec(),
            authority: authority,
            authenticator: RequestGate(authenticator: keys.authenticator, gate: keys.gate),
            metrics: RequestMetrics(factory: metrics),
            now: ServiceClock.system.now,
            logger: logger("console")
        )
    }

    private func recovery(
        _ client: CommandClient,
        _ authority: LentAuthority,
        _ keys: KeyService
    ) throws -> RecoveryService {
        let clock = ServiceClock.system
        let keeping = try ConsoleStores(settings.database, name: "keeper")
        let replaying = try ConsoleStores(settings.database, name: "runner")
        let sweeping = try ConsoleStores(settings.database, name: "retention")
        return RecoveryService(
            keeper: LetterKeeper(
                source: try source(keys),
                store: keeping.letters,
                clock: clock,
                observer: telemetry
            ),
            runner: ReplayRunner(
                name: Self.processName,
                jobs: replaying.jobs,
                audit: replaying.audit,
                sender: AMQPReplaySender(client),
                authority: authority,
                clock: clock,
                observer: telemetry
            ),
            sweeper: RetentionSweeper(
                letters: sweeping.letters,
                jobs: sweeping.jobs,
                audit: sweeping.audit,
                clock: clock,
                observer: telemetry,
                settings: settings.retention
            )
        )
    }

    private func source(_ keys: KeyService) throws -> AMQPDeadLetterSource {
        var broker = try settings.amqp.connectionSettings(name: "orderbus console letters")
        broker.bodyLimit = Self.bodyLimit
        let executor = ThreadExecutor(name: "letters")
        let worker = settings.brokerUsers.worker.flatMap { ShortString($0) } ?? "worker"
        let console = ShortString(settings.brokerUsers.console) ?? .empty
        return AMQPDeadLetterSource(
            consumer: Consumer(
                settings: broker,
                queue: ShortString(Topology.deadLetterQueue) ?? .empty,
                prefetch: 400,
                executor: executor,
                observe: { [telemetry] in telemetry.lettersEvent($0) }
            ),
            reader: LetterReader(trust: PublisherTrust(worker: worker, console: console)),
            authenticator: keys.gate,
            executor: executor
        )
    }

    private func logger(_ label: String, _ level: Logger.Level = .warning) -> Logger {
        var logger = Logger(label: label) { StructuredLogHandler(label: $0, sink: sink) }
        logger.logLevel = max(settings.log.level, level)
        return logger
    }

    /// Unique to the process, as the store tells runners apart.
    private static var processName: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = String(
            decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        return "\(host)-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    }

    /// In order of dependence: they end in reverse, the server first, the log last.
    private func runServices(_ services: [any Service]) async throws {
        sink.record(.notice, "starting", logger: "console") { line in
            line.field("host", settings.console.listener.host)
            line.field("console_port", settings.console.listener.port)
            line.field("tls", settings.console.tls == nil ? "off" : "on")
            line.field("admin_port", settings.admin.port)
        }
        try await ServiceGroup.run(services, grace: settings.shutdown.grace, logger: logger("lifecycle"))
        sink.record(.notice, "stopped", logger: "console")
    }
}
