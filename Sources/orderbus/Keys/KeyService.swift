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
    /// - Parameter tell: told whether there are keys to verify tokens with, and if not, why.
    init(
        _ settings: TokenSettings,
        metrics: PrometheusMetrics,
        tell: @escaping @Sendable (_ isReady: Bool, _ reason: String?) -> Void
    ) {
        let authenticator = Authenticator(policy: TokenPolicy(settings))
        refresher = KeyRefresher(source: JWKSSource(settings.keys), authenticator: authenticator) { event in
            switch event {
            case .changed: tell(true, nil)
            case .failed(let reason, _):
                // The last good keys go on verifying: that is no outage yet.
                if authenticator.keys == nil { tell(false, reason) }
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
