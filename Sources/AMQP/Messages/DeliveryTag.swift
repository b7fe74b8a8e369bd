/// Names one delivery of one connection, so that it can be settled.
package struct DeliveryTag: Sendable, Hashable {
    /// Counts the consumer's connections from 1; a tag of an earlier one is void.
    package let epoch: UInt64
    /// The broker's number, from 1 on each connection.
    package let number: UInt64

    /// Makes a tag, unless the number is 0, which AMQP takes for "all so far".
    package init?(epoch: UInt64, number: UInt64) {
        guard number > 0 else { return nil }
        self.epoch = epoch
        self.number = number
    }
}
