internal import AMQP
internal import CoreMetrics
internal import Logging
internal import OrderMessaging
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
    private let repliesWithoutQueue: Counter
    private let repliesRefused: Counter
    private let repliesWithoutConnection: Counter
    private let repliesDropped: Counter

    /// What readiness depends on beside the lanes.
    static let database = "database"
    static let publisher = "publisher"
    static let events = "events"
    static let keys = "keys"
    static let sharedDependencies = [database, publisher, events, keys]
    /// Told of like the others, but whoever can send a command can end it: readiness must not depend on it.
    static let directReplies = "direct-replies"

    init(lanes: [String], sink: LogSink, readiness: Readiness, metrics: PrometheusMetrics) {
        self.sink = sink
        let others = Readiness(dependencies: [Self.directReplies])
        let names = (lanes + Self.sharedDependencies).map { ($0, readiness) } + [(Self.directReplies, others)]
        outages = Dictionary(
            names.map { ($0, OutageLog(dependency: $0, sink: sink, readiness: $1)) },
            uniquingKeysWith: { first, _ in first }
        )
        for (name, states) in names {
            metrics.gauge(MetricName.connectionUp, dimensions: [("connection", name)]) {
                states.snapshot.dependencies.first { $0.name == name }?.state == .up ? 1 : 0
            }
        }
        commandLog = CommandLog(sink: sink)
        counters = CommandCounters(lanes: lanes, factory: metrics)
        confirmedEvents = Counter(label: MetricName.events, dimensions: [("outcome", "confirmed")], factory: metrics)
        unheardEvents = Counter(label: MetricName.events, dimensions: [("outcome", "unheard")], factory: metrics)
        unknownEvents = Counter(label: MetricName.events, dimensions: [("outcome", "unknown")], factory: metrics)
        refusedEvents = Counter(label: MetricName.events, dimensions: [("outcome", "refused")], factory: metrics)
        unsendableEvents = Counter(label: MetricName.events, dimensions: [("outcome", "unsendable")], factory: metrics)
        func repliesLost(_ reason: String) -> Counter {
            Counter(label: MetricName.repliesLost, dimensions: [("reason", reason)], factory: metrics)
        }
        repliesWithoutQueue = repliesLost("no-queue")
        repliesRefused = repliesLost("refused")
        repliesWithoutConnection = repliesLost("no-connection")
        repliesDropped = repliesLost("buffer-full")
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
    ///
    /// - Parameter name: by which readiness and metrics know the connection.
    func connectionEvent(_ event: ConnectionEvent, of name: String) {
        switch event {
        case .connected, .unblocked:
            outages[name]?.back()
        case .connectFailed(let error, _), .lost(let error):
            outages[name]?.away(reason: error.description)
        case .blocked(let reason):
            outages[name]?.away(reason: "the broker has an alarm: \(reason)")
        case .returned:
            repliesWithoutQueue.increment()
        case .dropped(let count):
            repliesDropped.increment(by: count)
        case .closed:
            break
        }
    }

    /// Hears of a reply that was to settle its command, and lets it become a dead letter instead.
    func replyLost(_ loss: AMQPResponder.LostReply) {
        switch loss {
        case .noQueue: repliesWithoutQueue.increment()
        case .refused: repliesRefused.increment()
        case .noConnection: repliesWithoutConnection.increment()
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
