internal import AMQP
internal import JSON
internal import Orders

/// A command as a dead letter: the message as it came, without its token, with the reason.
enum DeadLetterMessage {
    /// Of a header of the contract's, when the others are left out.
    private static let contractHeaderBytes = 1024

    /// Makes the message.
    ///
    /// - Parameters:
    ///   - time: of the last failure, which is this one.
    ///   - worker: our own broker user, by which we know our notes on the message again.
    ///   - release: our own, so that what another one could do is known; `nil` if nobody has said.
    static func make(
        _ letter: DeadLetter,
        of delivery: Delivery,
        at time: Timestamp,
        worker: ShortString,
        release: String?
    ) -> OutgoingMessage {
        let original = delivery.properties.headers
        guard original.byteCount <= HeaderName.keptByteLimit else {
            return bare(letter, of: delivery, at: time, worker: worker, release: release)
        }
        var headers = FieldTable()
        for entry in original.withoutTokens where !HeaderName.isWrittenAnew(entry.name) {
            headers.append(entry.name, entry.value)
        }
        return make(letter, delivery, time, worker, release, headers)
    }

    /// The same with no header of the sender's but the contract's, for a broker with small frames.
    static func bare(
        _ letter: DeadLetter,
        of delivery: Delivery,
        at time: Timestamp,
        worker: ShortString,
        release: String?
    ) -> OutgoingMessage {
        var headers = FieldTable()
        for entry in delivery.properties.headers.withoutTokens where HeaderName.isContracts(entry.name) {
            guard let text = entry.value.stringBytes, text.count <= contractHeaderBytes else { continue }
            headers.append(entry.name, entry.value)
        }
        return make(letter, delivery, time, worker, release, headers)
    }

    private static func make(
        _ letter: DeadLetter,
        _ delivery: Delivery,
        _ time: Timestamp,
        _ worker: ShortString,
        _ release: String?,
        _ kept: FieldTable
    ) -> OutgoingMessage {
        var properties = delivery.properties
        properties.headers = kept
        // Also one that was made here: the sender was told of it, and the log knows the command by it.
        properties.headers.append(HeaderName.requestID, .text(letter.command.context.requestID))
        appendReason(of: letter, at: time, to: &properties.headers)
        if let release { properties.headers.append(HeaderName.failureRelease, .text(release)) }
        appendOrigin(of: delivery, Provenance(of: delivery, worker: worker), to: &properties.headers)
        appendClaims(of: letter.caller, to: &properties.headers)
        removeOrders(from: &properties)
        return OutgoingMessage(
            exchange: Topology.deadLetters,
            routingKey: delivery.routingKey,
            properties: properties,
            body: delivery.body
        )
    }

    /// Takes out what the broker would act on: it refuses a `user-id` that is not the publisher's own, and an
    /// `expiration` would end the message where it is to be kept.
    private static func removeOrders(from properties: inout MessageProperties) {
        properties.userID = nil
        properties.expiration = nil
        properties.deliveryMode = 2
    }

    private static func appendReason(of letter: DeadLetter, at time: Timestamp, to headers: inout FieldTable) {
        headers.append(HeaderName.failureCode, .text(letter.refusal.code.rawValue))
        headers.append(HeaderName.failureMessage, .text(letter.refusal.message))
        if !letter.refusal.details.isEmpty {
            var details: [UInt8] = []
            details.appendJSONObjects(letter.refusal.details.prefix(20).map(\.members))
            headers.append(HeaderName.failureDetails, .string(details[...]))
        }
        headers.append(HeaderName.failureTime, .text(time.description))
        headers.append(HeaderName.firstFailureTime, .text((letter.command.history.firstFailure ?? time).description))
        headers.append(HeaderName.attempts, .int32(Int32(clamping: letter.attempts)))
    }

    private static func appendOrigin(
        of delivery: Delivery,
        _ provenance: Provenance,
        to headers: inout FieldTable
    ) {
        headers.append(HeaderName.originalExchange, .string(delivery.exchange.bytes))
        headers.append(HeaderName.originalRoutingKey, .string(delivery.routingKey.bytes))
        if let user = provenance.publisher { headers.append(HeaderName.originalUserID, .string(user.bytes)) }
        if let expiration = provenance.expiration {
            headers.append(HeaderName.originalExpiration, .string(expiration.bytes))
        }
        if delivery.isTruncated {
            headers.append(HeaderName.bodyByteCount, .int64(Int64(clamping: delivery.bodyByteCount)))
        }
    }

    private static func appendClaims(of caller: Caller?, to headers: inout FieldTable) {
        guard let caller else { return }
        headers.append(HeaderName.verifiedTenant, .text(caller.tenant))
        headers.append(HeaderName.verifiedClient, .text(caller.clientID))
        if let subject = caller.subject { headers.append(HeaderName.verifiedSubject, .text(subject)) }
        headers.append(HeaderName.verifiedScopes, .text(caller.scopes.sorted().joined(separator: " ")))
        guard let replay = caller.replay else { return }
        headers.append(HeaderName.replayedByTenant, .text(replay.operatorTenant))
        headers.append(HeaderName.replayedByClient, .text(replay.operatorClient))
        if let subject = replay.operatorSubject { headers.append(HeaderName.replayedBySubject, .text(subject)) }
    }
}
