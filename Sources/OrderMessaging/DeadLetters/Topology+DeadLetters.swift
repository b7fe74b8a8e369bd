extension Topology {
    /// Dead letters, until they are kept.
    package static let deadLetterQueue = "orders.dead"
}
