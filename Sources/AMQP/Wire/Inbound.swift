/// What the broker tells us, once assembled from frames.
enum Inbound {
    case delivery(Delivery)
    case returned(ReturnedMessage)
    case acknowledged(UInt64, multiple: Bool)
    case negativelyAcknowledged(UInt64, multiple: Bool)
    /// The broker ended the consumer by itself.
    case consumerCancelled
    /// The broker confirmed our cancel.
    case consumerStopped
    case blocked(reason: String)
    case unblocked
}
