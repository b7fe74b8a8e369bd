internal import AMQP
internal import CoreMetrics
internal import Logging
internal import OrderWorker
internal import Orders
internal import Telemetry

/// Turns what the worker says of itself into log lines, metrics and readiness.
final class WorkerTelemetry: WorkerObserver {
    private let sink: LogSink
    private let outages: [String: OutageLog]
    private let commandLog: CommandLog
    private let counters: CommandCounters
    private let confirmedEvents: Counter
    private let unheardEvents: Counter
    private let unknownEvents: Counter
    private let refusedEvents: Counter
    private let unsendableEvents: Counter
    private let undeliverable: Counter
    private let dropped: Counter

    /// What readiness depends on beside the lanes.
    static let database = "database"
    static let publisher = "publisher"
    static let keys = "keys"
    static let sharedDependencies = [database, publisher, keys]

    init(lanes: [String], sink: LogSink, readiness: Readiness, metrics: PrometheusMetrics) {
        self.sink = sink
        let names = lanes + Self.sharedDependencies
        outages = Dictionary(
            names.map { ($0, OutageLog(dependency: $0, sink: sink, readiness: readiness)) },
            uniquingKeysWith: { first, _ in first }
        )
        for name in names {
            metrics.gauge(MetricName.connectionUp, dimensions: [("connection", name)]) {
                readiness.snapshot.dependencies.first { $0.name == name }?.state == .up ? 1 : 0
            }
        }
        commandLog = CommandLog(sink: sink)
        counters = CommandCounters(lanes: lanes, factory: metrics)
        confirmedEvents = Counter(label: MetricName.events, dimensions: [("outcome", "confirmed")], factory: metrics)
        unheardEvents = Counter(label: MetricName.events, dimensions: [("outcome", "unheard")], factory: metrics)
        unknownEvents = Counter(label: MetricName.events, dimensions: [("outcome", "unknown")], factory: metrics)
        refusedEvents = Counter(label: MetricName.events, dimensions: [("outcome", "refused")], factory: metrics)
        unsendableEvents = Counter(label: MetricName.events, dimensions: [("outcome", "unsendable")], factory: metrics)
        undeliverable = Counter(label: MetricName.repliesLost, dimensions: [("reason", "no-queue")], factory: metrics)
        dropped = Counter(label: MetricName.repliesLost, dimensions: [("reason", "buffer-full")], factory: metrics)
    }

    func finished(_ batch: BatchReport) {
        counters.count(batch)
        commandLog.write(batch)
    }

    func relayed(_ report: RelayReport) {
        confirmedEvents.increment(by: report.confirmed - report.unheard)
        if report.unheard > 0 { unheardEvents.increment(by: report.unheard) }
        if report.unknown > 0 { unknownEvents.increment(by: report.unknown) }
        if report.refused > 0 { refusedEvents.increment(by: report.refused) }
        for event in report.unsendable {
            unsendableEvents.increment()
            sink.record(.error, "event fits into no message and stays in the outbox", logger: "relay") { line in
                line.field("order_id", event.orderID.description)
                line.field("version", event.version)
            }
        }
    }

    func changed(_ change: WorkerChange) {
        switch change {
        case .intakeOpened(let lane):
            outages[lane]?.back()
            // A lane opens only when its store has answered.
            outages[Self.database]?.back()
        case .intakeLost(let lane, let reason):
            outages[lane]?.away(reason: reason)
        case .storeAway(_, let reason), .outboxAway(let reason):
            outages[Self.database]?.away(reason: reason)
        case .storeBack, .outboxBack:
            outages[Self.database]?.back()
        case .eventsRefused(let first, let type):
            sink.record(.warning, "the broker refuses events, which stay in the outbox", logger: "relay") { line in
                line.field("type", type)
                line.field("order_id", first.orderID.description)
            }
        case .eventsTaken(let time):
            sink.record(.info, "the broker takes the events that it refused", logger: "relay") { line in
                line.field("after_ms", milliseconds: time)
            }
        case .laneStopped(let lane):
            sink.record(.info, "lane stopped", logger: "worker") { $0.field("lane", lane) }
        }
    }

    /// Hears of the connections that publish.
    func publisherEvent(_ event: ConnectionEvent) {
        switch event {
        case .connected, .unblocked:
            outages[Self.publisher]?.back()
        case .connectFailed(let error, _), .lost(let error):
            outages[Self.publisher]?.away(reason: error.description)
        case .blocked(let reason):
            outages[Self.publisher]?.away(reason: "the broker has an alarm: \(reason)")
        case .returned:
            undeliverable.increment()
        case .dropped(let count):
            dropped.increment(by: count)
        case .closed:
            break
        }
    }

    /// Hears whether there are keys to verify tokens with.
    func keysChanged(isReady: Bool, reason: String?) {
        if isReady {
            outages[Self.keys]?.back()
        } else {
            outages[Self.keys]?.away(reason: reason ?? "no key has been read yet")
        }
    }
}
