package import AMQP
package import Orders

/// Replies, dead letters and later tries, over three connections.
///
/// Direct replies have one of their own: RabbitMQ 3.10 ends the connection that brings it an address which it
/// cannot read (`rabbit_direct_reply_to.erl`), and anybody can write such a `reply-to`.
package struct AMQPResponder: CommandResponder {
    private let courtesy: Publisher
    private let direct: Publisher
    private let settling: Publisher
    private let worker: ShortString
    private let release: String?
    private let now: @Sendable () -> Timestamp
    private let countLost: @Sendable (LostReply) -> Void

    /// Why a reply that was to settle its command was lost.
    package enum LostReply: Sendable {
        case noQueue
        /// Its queue is full.
        case refused
        /// A direct reply, and its connection was away, or ended over it.
        case noConnection
    }

    /// Puts the responder together.
    ///
    /// - Parameters:
    ///   - courtesy: without confirms, for replies to queues that may be lost.
    ///   - direct: with confirms, for replies to requesters without a queue.
    ///   - settling: with confirms, for what settles a command.
    ///   - worker: the broker user of all, which marks what waits as ours; the broker refuses any other name.
    ///   - release: of this worker, told of what it buries; `nil` if nobody has said.
    ///   - now: the time that dead letters are stamped with.
    ///   - countLost: told of each reply that was to settle its command and did not arrive.
    package init(
        courtesy: Publisher,
        direct: Publisher,
        settling: Publisher,
        worker: ShortString,
        release: String? = nil,
        now: @escaping @Sendable () -> Timestamp,
        countLost: @escaping @Sendable (LostReply) -> Void
    ) {
        self.courtesy = courtesy
        self.direct = direct
        self.settling = settling
        self.worker = worker
        self.release = release
        self.now = now
        self.countLost = countLost
    }

    package func reply(_ replies: [Reply]) async {
        guard !replies.isEmpty else { return }
        var messages = replies.compactMap { ReplyMessage.make($0, release: release) }
        if messages.contains(where: { ReplyMessage.isDirect($0.routingKey) }) {
            await direct.send(messages.filter { ReplyMessage.isDirect($0.routingKey) })
            messages.removeAll { ReplyMessage.isDirect($0.routingKey) }
        }
        await courtesy.send(messages)
    }

    package func replyConfirmed(_ replies: [Reply]) async -> [ReplyDelivery] {
        let messages = replies.map { ReplyMessage.make($0, release: release) }
        // Without an address there is nobody to deliver to.
        var deliveries = [ReplyDelivery](repeating: .undeliverable, count: replies.count)
        for (publisher, isDirect) in [(direct, true), (settling, false)] {
            let places = messages.indices.filter { place in
                messages[place].map { ReplyMessage.isDirect($0.routingKey) == isDirect } ?? false
            }
            let outcomes = await publisher.publish(places.compactMap { messages[$0] })
            for (place, outcome) in zip(places, outcomes) {
                deliveries[place] = isDirect ? deliveredDirectly(outcome) : delivered(outcome)
            }
        }
        return deliveries
    }

    private func delivered(_ outcome: PublishOutcome) -> ReplyDelivery {
        switch outcome {
        case .confirmed:
            return .delivered
        case .returned, .tooLarge:
            countLost(.noQueue)
            return .undeliverable
        // A queue that refuses is as good as none: a reply is never retried for ever.
        case .nacked:
            countLost(.refused)
            return .undeliverable
        case .unknown:
            return .unknown
        case .unsent:
            return .unsent
        }
    }

    /// An address over which the connection may have ended is not tried again.
    private func deliveredDirectly(_ outcome: PublishOutcome) -> ReplyDelivery {
        if outcome.isConfirmed { return .delivered }
        countLost(.noConnection)
        return .undeliverable
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
        var outcomes = await settling.publish(items.map { make($0, false) })
        for index in outcomes.indices where outcomes[index] == .tooLarge {
            outcomes[index] = await settling.publish([make(items[index], true)]).first ?? .unsent
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
