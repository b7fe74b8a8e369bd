package import AMQP
package import Orders

/// Replies, dead letters and later tries over two connections: one that waits for confirms and one that does not.
package struct AMQPResponder: CommandResponder {
    private let courtesy: Publisher
    private let confirming: Publisher
    private let now: @Sendable () -> Timestamp

    /// Puts the responder together.
    ///
    /// - Parameters:
    ///   - courtesy: without confirms, for replies that may be lost.
    ///   - confirming: with confirms, for what settles a command.
    ///   - now: the time that dead letters are stamped with.
    package init(courtesy: Publisher, confirming: Publisher, now: @escaping @Sendable () -> Timestamp) {
        self.courtesy = courtesy
        self.confirming = confirming
        self.now = now
    }

    package func reply(_ replies: [Reply]) async {
        guard !replies.isEmpty else { return }
        await courtesy.send(replies.compactMap(ReplyMessage.make))
    }

    package func replyConfirmed(_ replies: [Reply]) async -> [ReplyDelivery] {
        var messages: [OutgoingMessage] = []
        var positions: [Int] = []
        for (index, reply) in replies.enumerated() {
            guard let message = ReplyMessage.make(reply) else { continue }
            messages.append(message)
            positions.append(index)
        }
        // Without an address there is nobody to deliver to.
        var deliveries = [ReplyDelivery](repeating: .undeliverable, count: replies.count)
        for (position, outcome) in zip(positions, await confirming.publish(messages)) {
            deliveries[position] = ReplyDelivery(outcome)
        }
        return deliveries
    }

    package func bury(_ letters: [DeadLetter]) async -> [Bool] {
        let time = now()
        let messages = letters.map { DeadLetterMessage.make(Self.delivery(of: $0.command), $0, at: time) }
        var outcomes = await confirming.publish(messages)
        for index in outcomes.indices where outcomes[index] == .tooLarge {
            // The broker's frames are smaller than its sender's were: keep the body and our own words.
            let bare = DeadLetterMessage.bare(Self.delivery(of: letters[index].command), letters[index], at: time)
            outcomes[index] = await confirming.publish([bare]).first ?? .unsent
        }
        return outcomes.map(\.isConfirmed)
    }

    package func postpone(_ commands: [IncomingCommand]) async -> [Bool] {
        await confirming.publish(commands.map { DeadLetterMessage.postponed(Self.delivery(of: $0)) }).map(\.isConfirmed)
    }

    private static func delivery(of command: IncomingCommand) -> Delivery {
        guard let delivery = command.origin as? Delivery else {
            preconditionFailure("A command that did not come over AMQP was given to its responder")
        }
        return delivery
    }
}

extension ReplyDelivery {
    init(_ outcome: PublishOutcome) {
        switch outcome {
        case .confirmed: self = .delivered
        // A queue that refuses is as good as none: a reply is never retried for ever.
        case .returned, .nacked, .tooLarge: self = .undeliverable
        case .unknown, .unsent: self = .unknown
        }
    }
}
