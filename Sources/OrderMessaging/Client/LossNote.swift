internal import AMQP
internal import Synchronization

/// Why the connection was lost last, until there is another.
final class LossNote: Sendable {
    private let last = Mutex<AMQPError?>(nil)

    func hear(_ event: ConnectionEvent) {
        switch event {
        case .lost(let error): last.withLock { $0 = error }
        case .connected: last.withLock { $0 = nil }
        default: break
        }
    }

    /// The broker's words, if it ended the channel over this exchange: then what went there was not taken.
    ///
    /// Source: RabbitMQ names the resource in the text of a 403 or 404.
    func refusal(of exchange: ShortString) -> String? {
        guard let error = last.withLock({ $0 }), error.code == .notFound || error.code == .accessRefused,
            error.message.contains("exchange '\(exchange)'")
        else { return nil }
        return error.message
    }
}
