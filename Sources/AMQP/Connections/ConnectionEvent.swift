/// What the composition root wants to log, count, and derive readiness from.
package enum ConnectionEvent: Sendable {
    case connected(Endpoint)
    /// An attempt over all endpoints failed; the next one follows after the delay, if there is one.
    case connectFailed(AMQPError, retryAfter: Duration?)
    case lost(AMQPError)
    /// The broker stopped reading what is published, because of a memory or disk alarm.
    case blocked(reason: String)
    case unblocked
    /// A mandatory message that no queue took, which nobody awaits.
    case returned(ReturnedMessage)
    /// Messages that nobody awaits were given up: the buffer was full.
    case dropped(count: Int)
    /// Closed by ourselves, politely.
    case closed
}

package typealias ConnectionObserver = @Sendable (ConnectionEvent) -> Void
