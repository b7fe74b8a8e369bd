internal import AMQP

extension Topology {
    /// Where dead letters go that an operator sends to another queue than the workers': an administrator binds the
    /// queues that are open to that, each by its own name, so that the console can write to no others.
    static let redirects: ShortString = "orders.redirect"

    /// Dead letters, until they are kept.
    package static let deadLetterQueue = "orders.dead"
}
