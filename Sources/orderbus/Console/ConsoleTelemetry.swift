internal import AMQP
internal import CoreMetrics
internal import Logging
internal import OrderRecovery
internal import Orders
internal import Telemetry

/// Turns what the console does by itself, and what its connections say, into log lines, readiness and metrics.
final class ConsoleTelemetry: RecoveryObserver {
    static let keys = "keys"
    static let database = "database"
    static let bus = "bus"
    static let letters = "letters"
    static let dependencies = [keys, database, bus, letters]

    private let sink: LogSink
    private let metrics: PrometheusMetrics
    private let keysOutage: OutageLog
    private let databaseOutage: OutageLog
    private let busOutage: OutageLog
    private let lettersOutage: OutageLog
    // There from the start, at zero: to Prometheus a series that begins with a count has not risen.
    private let keptLetters: Counter
    private let bareLetters: Counter
    private let refusedLetters: Counter
    private let retiredLetters: Counter

    init(sink: LogSink, readiness: Readiness, metrics: PrometheusMetrics) {
        func outage(_ dependency: String) -> OutageLog {
            OutageLog(dependency: dependency, sink: sink, readiness: readiness)
        }
        self.sink = sink
        self.metrics = metrics
        keysOutage = outage(Self.keys)
        databaseOutage = outage(Self.database)
        busOutage = outage(Self.bus)
        lettersOutage = outage(Self.letters)
        keptLetters = Counter(label: ConsoleMetricName.kept, factory: metrics)
        func unreadable(_ outcome: String) -> Counter {
            Counter(label: ConsoleMetricName.unreadable, dimensions: [("outcome", outcome)], factory: metrics)
        }
        bareLetters = unreadable("bare")
        refusedLetters = unreadable("refused")
        retiredLetters = Counter(label: ConsoleMetricName.retired, factory: metrics)
    }

    // MARK: - Connections

    func keysChanged(isReady: Bool, reason: String?) {
        if isReady {
            keysOutage.back()
        } else {
            keysOutage.away(reason: reason ?? "no key has been read yet")
        }
    }

    /// Hears of the connection that sends.
    func busEvent(_ event: ConnectionEvent) {
        hear(event, busOutage)
    }

    /// Hears of the connection that takes from the queue of dead letters.
    func lettersEvent(_ event: ConnectionEvent) {
        hear(event, lettersOutage)
    }

    private func hear(_ event: ConnectionEvent, _ outage: OutageLog) {
        switch event {
        case .connected, .unblocked: outage.back()
        case .connectFailed(let error, _), .lost(let error): outage.away(reason: error.description)
        case .blocked(let reason): outage.away(reason: "the broker has an alarm: \(reason)")
        case .returned, .dropped, .closed: break
        }
    }

    func databaseAnswered() { databaseOutage.back() }

    func databaseFailed(_ reason: String) { databaseOutage.away(reason: reason) }

    // MARK: - RecoveryObserver

    func kept(_ count: Int, new: Int) {
        lettersOutage.back()
        keptLetters.increment(by: count)
        sink.record(.info, "dead letters kept", logger: "console") { line in
            line.field("count", count)
            line.field("new", new)
        }
    }

    func keptBare(_ letter: LetterID, _ error: StoreError) {
        bareLetters.increment()
        trouble("a dead letter was kept bare", letter, error)
    }

    func notKept(_ letter: LetterID, _ error: StoreError) {
        refusedLetters.increment()
        trouble("a dead letter cannot be kept", letter, error)
    }

    private func trouble(_ message: String, _ letter: LetterID, _ error: StoreError) {
        sink.record(.error, message, logger: "console") { line in
            line.field("letter", letter.description)
            line.field("reason", error.description)
        }
    }

    func sourceLost(_ error: IntakeError, retryAfter: Duration) {
        lettersOutage.away(reason: error.description)
    }

    func storeFailed(_ error: StoreError, retryAfter: Duration) {
        if error.kind == .unavailable {
            databaseOutage.away(reason: error.description)
        } else {
            sink.record(.warning, "the store did not do a step", logger: "console") { line in
                line.field("reason", error.description)
            }
        }
    }

    func jobLeased(_ job: ReplayJob) {
        sink.record(.info, "replay taken", logger: "console") { $0.field("job", job.id.description) }
    }

    func jobLeft(_ id: ReplayJobID, _ state: ReplayJobState, remark: String?) {
        sink.record(.info, "replay left", logger: "console") { line in
            line.field("job", id.description)
            line.field("state", state.name)
            if let remark { line.field("remark", remark) }
        }
    }

    func replayed(_ letter: LetterID, _ result: ReplayResult) {
        Counter(label: ConsoleMetricName.replayed, dimensions: [("result", result.name)], factory: metrics).increment()
    }

    func retired(letters: Int, jobs: Int, audit: Int) {
        retiredLetters.increment(by: letters)
    }
}
