package import AMQP
package import Orders

/// Replies, dead letters and later tries over two connections: one that waits for confirms and one that does not.
package struct AMQPResponder: CommandResponder {
    private let courtesy: Publisher
    private let confirming: Publisher
    private let worker: ShortString
    private let release: String?
    private let now: @Sendable () -> Timestamp

    /// Puts the responder together.
    ///
    /// - Parameters:
    ///   - courtesy: without confirms, for replies that may be lost.
    ///   - confirming: with confirms, for what settles a command.
    ///   - worker: the broker user of both, which marks what waits as ours; the broker refuses any other name.
    ///   - release: of this worker, told of what it buries; `nil` if nobody has said.
    ///   - now: the time that dead letters are stamped with.
    package init(
        courtesy: Publisher,
        confirming: Publisher,
        worker: ShortString,
        release: String? = nil,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.courtesy = courtesy
        self.confirming = confirming
        self.worker = worker
        self.release = release
        self.now = now
    }

    package func reply(_ replies: [Reply]) async {
        guard !replies.isEmpty else { return }
        await courtesy.send(replies.compactMap { ReplyMessage.make($0, release: release) })
    }

    package func replyConfirmed(_ replies: [Reply]) async -> [ReplyDelivery] {
        var messages: [OutgoingMessage] = []
        var positions: [Int] = []
        for (index, reply) in replies.enumerated() {
            guard let message = ReplyMessage.make(reply, release: release) else { continue }
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
        return await publish(letters) { letter, isBare in
            let delivery = Self.delivery(of: letter.command)
            return isBare
                ? DeadLetterMessage.bare(letter, of: delivery, at: time, worker: worker, release: release)
                : DeadLetterMessage.make(letter, of: delivery, at: time, worker: worker, release: release)
        }
    }

    package func postpone(_ postponements: [Postponement]) async -> [Bool] {
        await publish(postponements) { postponement, isBare in
            let delivery = Self.delivery(of: postponement.command)
            return isBare
                ? WaitingMessage.bare(postponement, of: delivery, worker: worker)
                : WaitingMessage.make(postponement, of: delivery, worker: worker)
        }
    }

    /// Publishes each item; where the broker's frames are smaller than its sender's were, what must be kept of it.
    private func publish<Item>(_ items: [Item], _ make: (Item, _ isBare: Bool) -> OutgoingMessage) async -> [Bool] {
        var outcomes = await confirming.publish(items.map { make($0, false) })
        for index in outcomes.indices where outcomes[index] == .tooLarge {
            outcomes[index] = await confirming.publish([make(items[index], true)]).first ?? .unsent
        }
        return outcomes.map(\.isConfirmed)
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
