internal import Logging
internal import ServiceLifecycle
internal import Telemetry
internal import Tokens

/// The issuer's keys: fetched, kept fresh, told about.
struct KeyService: Service {
    let authenticator: Authenticator
    let gate: TokenGate
    private let refresher: KeyRefresher

    /// Makes a service that fetches nothing before it runs.
    ///
    /// - Parameters:
    ///   - sink: is told when other keys come into use, and when a set cannot be.
    ///   - tell: told whether there are keys to verify tokens with, and if not, why.
    init(
        _ settings: TokenSettings,
        metrics: PrometheusMetrics,
        sink: LogSink,
        tell: @escaping @Sendable (_ isReady: Bool, _ reason: String?) -> Void
    ) {
        let authenticator = Authenticator(policy: TokenPolicy(settings))
        refresher = KeyRefresher(source: JWKSSource(settings.keys), authenticator: authenticator) { event in
            switch event {
            case .changed(let count, let skipped):
                Self.note(count, skipped, in: sink)
                tell(true, nil)
            case .failed(let reason, let consecutive):
                // The last good keys go on verifying: that is no outage yet.
                if authenticator.keys == nil {
                    tell(false, reason)
                } else if consecutive == 1 {
                    sink.record(.warning, "the issuer's keys cannot be renewed; the last ones stay", logger: "keys") {
                        line in
                        line.field("reason", reason)
                    }
                }
            case .dropped: tell(false, "the last good keys are too old")
            }
        }
        self.authenticator = authenticator
        gate = TokenGate(authenticator: authenticator, refresher: refresher)
        metrics.gauge(MetricName.keys) { [refresher] in Double(refresher.status.keyCount) }
        metrics.gauge(MetricName.keysAge) { [refresher] in
            refresher.status.age().map { $0 / .seconds(1) }
        }
    }

    private static func note(_ count: Int, _ skipped: [SkippedKey], in sink: LogSink) {
        sink.record(.info, "the issuer's keys have changed", logger: "keys") { line in
            line.field("keys", count)
            if !skipped.isEmpty {
                line.field("skipped", skipped.prefix(10).map(\.description).joined(separator: "; "))
            }
        }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await refresher.run() }
    }
}

extension TokenPolicy {
    init(_ settings: TokenSettings) {
        self.init(issuer: settings.issuer, audience: settings.audience, tenantClaim: settings.tenantClaim)
    }
}

extension JWKSSource {
    init(_ keys: TokenSettings.Keys) {
        switch keys {
        case .file(let path): self = .file(path: path)
        case .url(let url): self = JWKSFetcher.source(url: url)
        }
    }
}
