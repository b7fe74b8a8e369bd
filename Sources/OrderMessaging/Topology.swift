internal import AMQP
internal import Orders

/// The names of the contract's exchanges and queues.
package enum Topology {
    static let commands: ShortString = "orders.commands"
    static let events: ShortString = "orders.events"
    static let deadLetters: ShortString = "orders.dlx"

    /// Where a command waits before it comes again.
    static func retry(_ delay: RetryDelay) -> ShortString {
        switch delay {
        case .fiveSeconds: "orders.retry.5s"
        case .thirtySeconds: "orders.retry.30s"
        case .fiveMinutes: "orders.retry.5m"
        }
    }

    /// The queue of writes.
    package static let commandQueue = "orders.commands"
    /// The queue of reads.
    package static let queryQueue = "orders.queries"

    /// Whether a routing key leads to the queue of reads, whatever version it names.
    static func isQuestion(_ routingKey: ShortString) -> Bool {
        questionPrefixes.contains { routingKey.bytes.starts(with: $0) }
    }

    private static let questionPrefixes = [Array("order.get.".utf8), Array("order.list.".utf8)]

    /// The queues of orderbus itself, to none of which a reply may go: a producer could have the worker write there
    /// what it may not write itself.
    static let ownQueues = Set(
        [commandQueue, queryQueue, deadLetterQueue].compactMap { ShortString($0) } + RetryDelay.allCases.map(retry)
    )
}
