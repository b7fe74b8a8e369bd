/// What is done on the channel before it is used.
struct LinkSetup: Sendable {
    enum Source: Sendable {
        case queue(ShortString)
        case directReplyTo
        /// A queue of this connection, named by the broker.
        case exclusiveQueue
    }

    var prefetch: UInt16 = 0
    var confirms = false
    var source: Source?
    var withoutAcknowledgement = false
}

/// What came of the setup.
struct LinkNames: Sendable {
    var consumerTag = ShortString.empty
    var queue = ShortString.empty
}

extension ConnectionHandle {
    func prepare(_ setup: LinkSetup) throws(AMQPError) -> LinkNames {
        var names = LinkNames()
        if setup.confirms { try selectConfirms() }
        if setup.prefetch > 0 { try setPrefetch(setup.prefetch) }
        guard let source = setup.source else { return names }
        switch source {
        case .queue(let queue): names.queue = queue
        case .directReplyTo: names.queue = "amq.rabbitmq.reply-to"
        case .exclusiveQueue:
            var queue = QueueDeclaration()
            queue.isExclusive = true
            queue.isDurable = false
            names.queue = try declare(queue).name
        }
        names.consumerTag = try consume(names.queue, withoutAcknowledgement: setup.withoutAcknowledgement)
        return names
    }
}
