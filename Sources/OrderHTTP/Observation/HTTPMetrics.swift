internal import CoreMetrics
internal import HTTPTypes
internal import HummingbirdCore
internal import Orders
internal import Synchronization

/// What the adapter counts.
final class HTTPMetrics: Sendable {
    private struct Series: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    /// Made once each: a metrics system looks names up under a lock.
    private let requests = Mutex<[Series: Counter]>([:])
    private let durations = Mutex<[String: Timer]>([:])
    private let orders: [CreationOutcome: Counter]
    private let factory: any MetricsFactory

    init(factory: any MetricsFactory) {
        self.factory = factory
        orders = Dictionary(
            uniqueKeysWithValues: CreationOutcome.allCases.map {
                ($0, Counter(label: HTTPMetricName.orders, dimensions: [("outcome", $0.rawValue)], factory: factory))
            }
        )
    }

    func answered(_ exchange: Exchange, _ answer: Answer) {
        let route = exchange.route?.template ?? Route.noTemplate
        let series = Series(
            method: Self.known(exchange.request.method.rawValue),
            route: route,
            status: answer.status.code
        )
        let counter = requests.withLock { requests in
            if let counter = requests[series] { return counter }
            let labels = [("method", series.method), ("route", route), ("status", String(series.status))]
            let counter = Counter(label: HTTPMetricName.requests, dimensions: labels, factory: factory)
            requests[series] = counter
            return counter
        }
        let timer = durations.withLock { durations in
            if let timer = durations[route] { return timer }
            let timer = Timer(label: HTTPMetricName.duration, dimensions: [("route", route)], factory: factory)
            durations[route] = timer
            return timer
        }
        counter.increment()
        timer.recordNanoseconds(exchange.start.duration(to: .now).nanoseconds)
    }

    func created(_ outcome: Result<BusResponse, Problem>) {
        orders[CreationOutcome(outcome)]?.increment()
    }

    /// A method of the caller's invention must not become a label.
    private static func known(_ method: String) -> String {
        ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"].contains(method) ? method : "other"
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        components.seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue
            &+ components.attoseconds / 1_000_000_000
    }
}

/// What became of an attempt to create an order, as far as the adapter saw it.
enum CreationOutcome: String, CaseIterable {
    case created
    case replayed
    case conflict
    case refused
    /// Confirmed by the broker, and not answered in time.
    case taken
    case unknown
    case unavailable

    init(_ outcome: Result<BusResponse, Problem>) {
        switch outcome {
        case .failure, .success(.notTaken): self = .unavailable
        case .success(.unknown): self = .unknown
        case .success(.taken): self = .taken
        case .success(.replied(let reply)):
            switch reply.status {
            case 201: self = reply.isReplay ? .replayed : .created
            case 409: self = .conflict
            case 500...: self = .unavailable
            default: self = .refused
            }
        }
    }
}
