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
    /// - Throws: `.notConnected` without a connection, and once it is lost: answers to what was asked before will not
    ///   come. `.cancelled` if the task is.
    package func receiveReplies() async throws(AMQPError) -> [Delivery] {
        let epoch = epoch
        while true {
            if !replies.isEmpty { return replies.take(atMost: .max) }
            guard link != nil, epoch == self.epoch else {
                throw AMQPError(.notConnected, "the connection of the replies is gone")
            }
            guard await waitForChange(.replies, until: nil) else {
                throw AMQPError(.cancelled, "receiving was cancelled")
            }
        }
    }
}
