internal import AMQP
internal import Logging
internal import OrderHTTP
internal import OrderMessaging
internal import Orders
internal import ServiceLifecycle
internal import Telemetry
internal import ThreadExecutor
internal import UnixSignals

/// The composition root of the HTTP adapter: who is made of what, who runs, and in which order it ends.
struct HTTPProgram {
    private let settings: HTTPProgramSettings
    private let sink: LogSink
    private let metrics: PrometheusMetrics
    private let readiness: Readiness
    private let telemetry: HTTPTelemetry

    init(_ settings: HTTPProgramSettings, sink: LogSink) {
        self.settings = settings
        self.sink = sink
        metrics = PrometheusMetrics(
            definitions: HTTPMetricName.definitions + MetricName.definitions
                + PrometheusMetrics.processDefinitions
        )
        metrics.registerProcess()
        readiness = Readiness(dependencies: HTTPTelemetry.dependencies)
        telemetry = HTTPTelemetry(sink: sink, readiness: readiness)
    }

    /// Serves until a signal ends it.
    func run() async throws {
        try FreeAddresses.require([settings.http.listener, settings.admin])
        let certificates = try settings.http.tls.map { try ServerCertificates($0) }
        let keys = KeyService(
            settings.tokens,
            metrics: metrics,
            sink: sink,
            tell: telemetry.keysChanged(isReady:reason:)
        )
        let client = CommandClient(
            settings: try settings.amqp.connectionSettings(name: "orderbus http"),
            inFlightLimit: settings.http.configuration.inFlightLimit,
            executor: ThreadExecutor(name: "bus"),
            observe: { [telemetry] in telemetry.busEvent($0) }
        )
        let responder = OrderResponder(
            configuration: settings.http.configuration,
            bus: client,
            rules: NewOrderReader(),
            authenticator: RequestGate(authenticator: keys.authenticator, gate: keys.gate),
            availability: { [telemetry] in telemetry.availability },
            metrics: metrics,
            logger: logger("http", settings.log.level)
        )
        register(responder, client)
        var services: [any Service] = [sink, admin, keys, BusConnection(client: client)]
        if let certificates {
            services.append(CertificateReloader(certificates, logger: logger("tls", .info)))
        }
        let server = server(responder, certificates)
        services.append(
            DrainingService(
                name: "http",
                farewell: "stopping: answering what is in hand",
                readiness: readiness,
                sink: sink,
                work: { try await server.run() }
            )
        )
        try await runServices(services)
    }

    private var admin: AdminServer {
        AdminServer(
            host: settings.admin.host,
            port: settings.admin.port,
            readiness: readiness,
            metrics: metrics
        )
    }

    private func server(_ responder: OrderResponder, _ certificates: ServerCertificates?)
        -> OrderHTTPServer<OrderResponder>
    {
        OrderHTTPServer(
            host: settings.http.listener.host,
            port: settings.http.listener.port,
            responder: responder,
            limits: settings.http.limits,
            certificates: certificates,
            threads: settings.http.threads,
            logger: logger("http", .warning),
            onListening: { [sink] port in
                sink.record(.notice, "listening", logger: "http") { $0.field("port", port) }
            }
        )
    }

    private func logger(_ label: String, _ level: Logger.Level) -> Logger {
        var logger = Logger(label: label) { StructuredLogHandler(label: $0, sink: sink) }
        logger.logLevel = max(level, settings.log.level)
        return logger
    }

    /// What is asked for at each scrape.
    private func register(_ responder: OrderResponder, _ client: CommandClient) {
        metrics.register(
            inFlight: { responder.inFlightCount },
            shed: { responder.shedCount },
            limited: { responder.limitedCount }
        )
        metrics.counter(HTTPMetricName.lateReplies) { Double(client.lateReplyCount) }
        for command in [CommandName.create, .get] {
            let kind = command == .get ? "reads" : "writes"
            metrics.gauge(HTTPMetricName.breaker, dimensions: [("for", kind)]) {
                Double(responder.breakerLevel(of: command))
            }
        }
        for name in HTTPTelemetry.dependencies {
            metrics.gauge(MetricName.connectionUp, dimensions: [("connection", name)]) { [readiness] in
                readiness.snapshot.dependencies.first { $0.name == name }?.state == .up ? 1 : 0
            }
        }
    }

    /// In order of dependence: they end in reverse, the server first, the log last.
    private func runServices(_ services: [any Service]) async throws {
        sink.record(.notice, "starting", logger: "http") { line in
            line.field("host", settings.http.listener.host)
            line.field("http_port", settings.http.listener.port)
            line.field("tls", settings.http.tls == nil ? "off" : "on")
            line.field("admin_port", settings.admin.port)
        }
        try await ServiceGroup.run(services, grace: settings.shutdown.grace, logger: logger("lifecycle", .warning))
        sink.record(.notice, "stopped", logger: "http")
    }
}
