internal import AMQP
internal import OrderHTTP
internal import Synchronization
internal import Telemetry

/// Turns what the adapter's connections say into log lines and readiness.
final class HTTPTelemetry: Sendable {
    static let bus = "bus"
    static let keys = "keys"
    static let dependencies = [bus, keys]

    private let busOutage: OutageLog
    private let keysOutage: OutageLog
    private let busAvailability = Mutex(BusAvailability.away)

    init(sink: LogSink, readiness: Readiness) {
        busOutage = OutageLog(dependency: Self.bus, sink: sink, readiness: readiness)
        keysOutage = OutageLog(dependency: Self.keys, sink: sink, readiness: readiness)
    }

    var availability: BusAvailability { busAvailability.withLock { $0 } }

    func busEvent(_ event: ConnectionEvent) {
        switch event {
        case .connected, .unblocked:
            busAvailability.withLock { $0 = .available }
            busOutage.back()
        case .connectFailed(let error, _), .lost(let error):
            busAvailability.withLock { $0 = .away }
            busOutage.away(reason: error.description)
        case .blocked(let reason):
            busAvailability.withLock { $0 = .blocked }
            busOutage.away(reason: "the broker has an alarm: \(reason)")
        case .returned, .dropped, .closed:
            break
        }
    }

    /// Hears whether there are keys to verify tokens with.
    func keysChanged(isReady: Bool, reason: String?) {
        if isReady {
            keysOutage.back()
        } else {
            keysOutage.away(reason: reason ?? "no key has been read yet")
        }
    }
}
