internal import AMQP
internal import Orders

/// Where a delivery really comes from: through our own retry queues or straight from a publisher.
///
/// `x-death` and our own headers can be written by anybody; only the broker-validated `user-id` of the worker shows that
/// we have sent the message to wait ourselves, and then our headers on it are true.
struct Provenance {
    private static let attempts: ClosedRange<Int64> = 1...1000

    /// The broker user that first published the message, as the broker vouched then; `nil` if nobody vouches.
    let publisher: ShortString?
    /// The `expiration` that its sender gave, which the broker must not act on while the message waits.
    let expiration: ShortString?
    let history: DeliveryHistory

    init(of delivery: Delivery, worker: ShortString) {
        let properties = delivery.properties
        // On a first delivery newer brokers set no count, and what is there is the sender's word.
        let returned = delivery.isRedelivered ? properties.headers["x-delivery-count"]?.integer : nil
        let returns = Int(clamping: max(0, returned ?? 0))
        guard PublisherTrust.isVouched(properties.userID, as: worker) else {
            publisher = properties.userID
            expiration = properties.expiration
            history = returns == 0 ? .new : DeliveryHistory(returns: returns)
            return
        }
        let headers = properties.headers
        publisher = Self.text(headers.first(named: HeaderName.originalUserID))
        expiration = Self.text(headers.first(named: HeaderName.originalExpiration))
        let attempt = headers.first(named: HeaderName.attempt)?.integer ?? 1
        let firstFailure = headers.first(named: HeaderName.firstFailureTime)?.text.flatMap(Timestamp.init(_:))
        history = DeliveryHistory(
            attempt: Int(clamping: min(max(attempt, Self.attempts.lowerBound), Self.attempts.upperBound)),
            firstFailure: firstFailure,
            returns: returns
        )
    }

    private static func text(_ value: FieldValue?) -> ShortString? {
        value?.stringBytes.flatMap { ShortString(bytes: $0) }
    }
}
