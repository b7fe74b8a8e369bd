internal import AMQP
internal import Orders

/// What the broker itself says of a message that it moved among the dead letters: the newest entry of `x-death`.
///
/// The broker puts its own entry first, whatever the sender wrote there. Source: RabbitMQ 3.10 to 4.x, "Dead Letter
/// Exchanges", effects on messages.
struct BrokerDeath {
    let queue: String
    let reason: FailureReason
    let exchange: String?
    let routingKey: String?
    let time: Timestamp?
    let count: Int

    init?(_ headers: FieldTable) {
        guard case .array(let deaths)? = headers["x-death"],
            case .table(let death)? = deaths.first(where: { _ in true }),
            let queue = death["queue"]?.text
        else { return nil }
        self.queue = queue
        reason =
            switch death["reason"]?.text {
            case "delivery_limit": .deliveryLimit
            case "expired": .expired
            case "maxlen": .queueFull
            case "rejected": .rejected
            default: .unknown
            }
        exchange = death["exchange"]?.text
        if case .array(let keys)? = death["routing-keys"] {
            routingKey = keys.first { _ in true }?.text
        } else {
            routingKey = nil
        }
        if case .timestamp(let seconds)? = death["time"], seconds < 253_402_300_800 {
            time = Timestamp(milliseconds: Int64(seconds) * 1000)
        } else {
            time = nil
        }
        count = Int(clamping: max(1, death["count"]?.integer ?? 1))
    }

    /// The message only waited there, to come again.
    var isWaiting: Bool { queue.hasPrefix("orders.retry.") }

    /// A code and a sentence for people.
    static func words(for reason: FailureReason) -> (code: String, message: String) {
        switch reason {
        case .refused: ("REFUSED", "A worker refused it")
        case .deliveryLimit: ("DELIVERY_LIMIT", "It was delivered too often without being done: it ends its workers")
        case .expired: ("EXPIRED", "It outlived its time to live before a worker took it")
        case .unrouted: ("UNROUTED", "Its routing key fits no queue")
        case .queueFull: ("QUEUE_FULL", "Its queue was full")
        case .rejected: ("REJECTED", "A consumer rejected it")
        case .unknown: ("UNKNOWN", "Nobody said why it could not be done")
        }
    }
}
