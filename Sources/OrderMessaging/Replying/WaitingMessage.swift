internal import AMQP
internal import Orders

/// A command on its way to wait and come again: as it came, token and all, for it will be judged anew, with our own
/// notes in place of everything that only looks like them.
enum WaitingMessage {
    /// Of a header that is known, when the unknown ones are left out; a token has at most 8 KiB.
    private static let knownHeaderBytes = 9 * 1024

    /// Makes the message.
    ///
    /// - Parameter worker: our own broker user, by which we know our notes again.
    static func make(_ postponement: Postponement, of delivery: Delivery, worker: ShortString) -> OutgoingMessage {
        let original = delivery.properties.headers
        guard original.byteCount <= HeaderName.keptByteLimit else {
            return bare(postponement, of: delivery, worker: worker)
        }
        var headers = FieldTable()
        for entry in original
        where !HeaderName.isWrittenAnew(entry.name) && !isBrokers(entry.name) && !isUselessToken(entry.name) {
            headers.append(entry.name, entry.value)
        }
        return make(postponement, delivery, worker, headers)
    }

    /// The same with the contract's headers alone, for a broker with small frames.
    static func bare(_ postponement: Postponement, of delivery: Delivery, worker: ShortString) -> OutgoingMessage {
        var headers = FieldTable()
        for entry in delivery.properties.headers where HeaderName.isContracts(entry.name) {
            guard let text = entry.value.stringBytes else {
                // Whatever it is, it must go on being wrong.
                headers.append(entry.name, .void)
                continue
            }
            headers.append(entry.name, text.count <= knownHeaderBytes ? entry.value : .void)
        }
        return make(postponement, delivery, worker, headers)
    }

    private static func make(
        _ postponement: Postponement,
        _ delivery: Delivery,
        _ worker: ShortString,
        _ kept: FieldTable
    ) -> OutgoingMessage {
        let provenance = Provenance(of: delivery, worker: worker)
        var properties = delivery.properties
        properties.headers = kept
        // Also one that was made here: what the log says of each try must be found by it.
        properties.headers.append(HeaderName.requestID, .text(postponement.command.context.requestID))
        properties.headers.append(HeaderName.attempt, .int32(Int32(clamping: postponement.history.attempt)))
        if let time = postponement.history.firstFailure {
            properties.headers.append(HeaderName.firstFailureTime, .text(time.description))
        }
        if let publisher = provenance.publisher {
            properties.headers.append(HeaderName.originalUserID, .string(publisher.bytes))
        }
        if let expiration = provenance.expiration {
            properties.headers.append(HeaderName.originalExpiration, .string(expiration.bytes))
        }
        properties.userID = worker.isEmpty ? nil : worker
        // Would end the message among the dead where it is to wait.
        properties.expiration = nil
        properties.deliveryMode = 2
        return OutgoingMessage(
            exchange: Topology.retry(postponement.delay),
            routingKey: delivery.routingKey,
            properties: properties,
            body: delivery.body
        )
    }

    /// What the broker itself acts on.
    ///
    /// `x-death` makes it drop a message that it takes for one going in circles; `CC` would multiply it each time.
    /// Source: rabbitmq-server, rabbit_dead_letter.erl; "Sender-selected Distribution" in its documentation.
    private static func isBrokers(_ name: ShortString) -> Bool {
        name == "CC" || name == "BCC" || name == "x-death" || name == "x-delivery-count" || name == "x-acquired-count"
            || name.bytes.starts(with: "x-first-death-".utf8) || name.bytes.starts(with: "x-last-death-".utf8)
    }

    /// A token under a name by which nobody looks for it proves nothing, and must not rest anywhere.
    private static func isUselessToken(_ name: ShortString) -> Bool {
        HeaderName.isAuthorization(name.bytes) && name != HeaderName.authorization
    }
}
