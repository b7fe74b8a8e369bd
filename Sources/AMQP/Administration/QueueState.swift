/// A queue as it was at the moment of the answer.
package struct QueueState: Sendable, Hashable {
    package let name: ShortString
    /// Ready to be delivered; those unacknowledged are not counted.
    package let messageCount: UInt32
    package let consumerCount: UInt32
}
