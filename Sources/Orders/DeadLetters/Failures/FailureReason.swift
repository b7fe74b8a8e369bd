/// By which door a command came among the dead letters.
package enum FailureReason: Int16, Sendable, Hashable, CaseIterable {
    /// A worker said no, or could not do it.
    case refused = 0
    /// The broker delivered it too often without an answer: it crashes its workers.
    case deliveryLimit = 1
    /// It outlived its time to live.
    case expired = 2
    /// Its routing key fits no queue.
    case unrouted = 3
    /// Its queue was full.
    case queueFull = 4
    /// A consumer rejected it without a word of why.
    case rejected = 5
    case unknown = 6

    package var name: String {
        switch self {
        case .refused: "refused"
        case .deliveryLimit: "delivery-limit"
        case .expired: "expired"
        case .unrouted: "unrouted"
        case .queueFull: "queue-full"
        case .rejected: "rejected"
        case .unknown: "unknown"
        }
    }

    package init?(name: String) {
        guard let reason = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = reason
    }
}
