internal import ServiceLifecycle
internal import Telemetry
internal import Tokens

/// The issuer's keys for the adapter: fetched, kept fresh, told about.
struct HTTPKeys: Service {
    let gate: RequestGate
    private let refresher: KeyRefresher

    init(_ settings: TokenSettings, telemetry: HTTPTelemetry, metrics: PrometheusMetrics) {
        let authenticator = Authenticator(policy: TokenPolicy(settings))
        refresher = KeyRefresher(source: JWKSSource(settings.keys), authenticator: authenticator) {
            event in
            switch event {
            case .changed: telemetry.keysChanged(isReady: true, reason: nil)
            case .failed(let reason, _):
                // The last good keys go on verifying: that is no outage yet.
                if authenticator.keys == nil { telemetry.keysChanged(isReady: false, reason: reason) }
            case .dropped: telemetry.keysChanged(isReady: false, reason: "the last good keys are too old")
            }
        }
        gate = RequestGate(
            authenticator: authenticator,
            gate: TokenGate(authenticator: authenticator, refresher: refresher)
        )
        metrics.gauge(MetricName.keys) { [refresher] in Double(refresher.status.keyCount) }
        metrics.gauge(MetricName.keysAge) { [refresher] in
            refresher.status.age().map { $0 / .seconds(1) }
        }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await refresher.run() }
    }
}
