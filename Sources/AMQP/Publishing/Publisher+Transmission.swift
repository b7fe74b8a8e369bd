extension Publisher {
    /// Encoded bytes that may wait for the socket; what is beyond stays in the queue and survives a lost connection.
    private static var unsentLimit: Int { 1 << 18 }

    /// Writes what the connection and the window have room for.
    func transmit() {
        guard let link else { return }
        do throws(AMQPError) {
            repeat {
                writeQueued(to: link)
                try link.flush()
            } while link.unsentByteCount == 0 && canWrite(to: link)
        } catch {
            // The loop of this link reads the error, and ends it, as soon as it is woken.
            link.end()
        }
    }

    private func canWrite(to link: Link) -> Bool {
        !queue.isEmpty && !link.isBlocked && link.unsentByteCount < Self.unsentLimit
            && (!options.confirms || window.room > 0)
    }

    private func writeQueued(to link: Link) {
        while canWrite(to: link), let batch = queue.first {
            while !batch.isWritten, canWrite(to: link) {
                let index = batch.next
                batch.next += 1
                if !batch.isAwaited { buffered.remove(batch.messages[index]) }
                guard link.write(batch.messages[index]) else {
                    refuse(batch, index)
                    continue
                }
                if options.confirms {
                    _ = window.append(Ticket(batch: batch, index: index))
                } else {
                    settle(Ticket(batch: batch, index: index), .unknown)
                }
            }
            if batch.isWritten { queue.popFirst() }
        }
    }

    private func refuse(_ batch: PublishBatch, _ index: Int) {
        guard batch.isAwaited else { return observe(.dropped(count: 1)) }
        settle(Ticket(batch: batch, index: index), .tooLarge)
    }

    /// Acts on what the broker said.
    func handle(_ news: Inbound) throws(AMQPError) {
        switch news {
        case .acknowledged(let number, let multiple):
            try settle(number, multiple: multiple, .confirmed)
        case .negativelyAcknowledged(let number, let multiple):
            try settle(number, multiple: multiple, .nacked)
        case .returned(let message):
            handleReturn(message)
        case .delivery(let delivery):
            replies.append(delivery)
        case .consumerCancelled:
            throw AMQPError(.consumerCancelled, "the broker cancelled the consumer of replies")
        case .consumerStopped:
            break
        case .blocked(let reason):
            observe(.blocked(reason: reason))
            for batch in awaited.values where !batch.outlastsAlarms { giveUp(batch.id) }
        case .unblocked:
            observe(.unblocked)
        }
    }

    private func settle(_ number: UInt64, multiple: Bool, _ outcome: PublishOutcome) throws(AMQPError) {
        guard options.confirms else { return }
        let isKnown = window.settle(number, multiple: multiple) { settle($0, outcome) }
        if !isKnown { throw AMQPError(.protocolViolation, "the broker confirmed publish \(number), which was none") }
    }

    /// Notes what became of a message, and forgets its batch once all is known.
    func settle(_ ticket: Ticket, _ outcome: PublishOutcome) {
        ticket.batch.settle(ticket.index, outcome)
        if ticket.batch.isSettled { awaited[ticket.batch.id] = nil }
    }

    /// Finds the publish that was returned.
    ///
    /// Its confirm comes later, and changes nothing any more.
    ///
    /// Returns come in the order of the publishes, before their confirms. The names, the ids and the size tell
    /// messages apart; of equal ones the first is taken, and a message id makes them unequal.
    private func handleReturn(_ message: ReturnedMessage) {
        guard
            options.confirms,
            let found = window.firstUnconfirmed(from: nextReturn, where: { $0.batch.messages[$0.index].is(message) })
        else {
            observe(.returned(message))
            return
        }
        nextReturn = found.number + 1
        let batch = found.ticket.batch
        guard batch.isAwaited else {
            observe(.returned(message))
            return
        }
        settle(found.ticket, .returned(replyCode: message.replyCode, text: message.replyText))
    }
}

extension OutgoingMessage {
    fileprivate func `is`(_ returned: ReturnedMessage) -> Bool {
        isMandatory && UInt64(body.count) == returned.bodyByteCount && routingKey == returned.routingKey
            && exchange == returned.exchange && properties.messageID == returned.properties.messageID
            && properties.correlationID == returned.properties.correlationID
    }
}
