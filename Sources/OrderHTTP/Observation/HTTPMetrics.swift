internal import CoreMetrics
internal import HTTPTypes
internal import HummingbirdCore
internal import Orders

/// What the adapter counts.
final class HTTPMetrics: Sendable {
    let requests: RequestMetrics
    private let orders: [CreationOutcome: Counter]

    init(factory: any MetricsFactory) {
        requests = RequestMetrics(factory: factory)
        orders = Dictionary(
            uniqueKeysWithValues: CreationOutcome.allCases.map {
                ($0, Counter(label: HTTPMetricName.orders, dimensions: [("outcome", $0.rawValue)], factory: factory))
            }
        )
    }

    func answered(_ exchange: Exchange, _ answer: Answer) {
        requests.answered(
            exchange.request.method,
            route: exchange.route?.template ?? Route.noTemplate,
            answer.status,
            since: exchange.start
        )
    }

    func created(_ outcome: Result<BusResponse, Problem>) {
        orders[CreationOutcome(outcome)]?.increment()
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
