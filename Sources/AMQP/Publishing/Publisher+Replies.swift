extension Publisher {
    /// What to put into `reply-to` so that the answer arrives here; `nil` while not connected.
    ///
    /// A reply queue is gone with its connection: read this anew for each request.
    package var replyAddress: ShortString? {
        guard let link, options.replySource != nil else { return nil }
        return link.names.queue
    }

    /// Waits for answers, and gives all that have arrived, in order.
    ///
    /// They need no acknowledgement.
    ///
    /// - Parameter deadline: when to give up, give or take a quarter of a second; `nil` waits for ever.
    /// - Returns: empty at the deadline.
    /// - Throws: `.notConnected` without a connection, and once it is lost: answers to what was asked before will not
    ///   come. `.cancelled` if the task is.
    package func receiveReplies(
        until deadline: ContinuousClock.Instant? = nil
    ) async throws(AMQPError) -> [Delivery] {
        let epoch = epoch
        while true {
            if !replies.isEmpty { return replies.take(atMost: .max) }
            guard link != nil, epoch == self.epoch else {
                throw AMQPError(.notConnected, "the connection of the replies is gone")
            }
            if await waitForChange(.replies, until: deadline) { continue }
            if Task.isCancelled { throw AMQPError(.cancelled, "receiving was cancelled") }
            return []
        }
    }

    /// Gives all answers that have arrived, in order, without waiting.
    package func takeReplies() -> [Delivery] {
        replies.take(atMost: .max)
    }
}
