internal import AMQP

/// The names of the contract's exchanges and queues.
package enum Topology {
    static let commands: ShortString = "orders.commands"
    static let events: ShortString = "orders.events"
    static let deadLetters: ShortString = "orders.dlx"
    static let shortRetry: ShortString = "orders.retry.5s"

    /// The queue of writes.
    package static let commandQueue = "orders.commands"
    /// The queue of reads.
    package static let queryQueue = "orders.queries"
}
