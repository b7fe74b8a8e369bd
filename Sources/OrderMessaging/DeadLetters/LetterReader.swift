internal import AMQP
internal import Orders

/// Reads a message from the queue of dead letters.
///
/// Three kinds lie there: what the worker buried, with its reason in headers; what the broker moved there by itself, with
/// `x-death`; and what fitted no queue. What only the worker or the console may say is believed only from them.
package struct LetterReader: Sendable {
    private let trust: PublisherTrust

    package init(trust: PublisherTrust = PublisherTrust()) {
        self.trust = trust
    }

    /// Reads a delivery.
    ///
    /// - Parameter proven: whom the token proves that the broker left on the message, if it still proves anybody.
    func read(_ delivery: Delivery, proven: Caller?) -> ArrivedLetter {
        let headers = delivery.properties.headers
        let death = BrokerDeath(headers)
        // Only the worker publishes there, and what it buries has no death of its own, or died waiting.
        let isBuried =
            delivery.exchange == Topology.deadLetters && (death?.isWaiting ?? true)
            && headers.first(named: HeaderName.failureCode) != nil
        let origin = isBuried ? buriedOrigin(delivery) : brokerOrigin(delivery, death)
        let failure = isBuried ? buriedFailure(headers) : brokerFailure(delivery, death)
        let isConsoles = !trust.console.isEmpty && origin.userID == trust.console.string
        let caller = isBuried ? verified(headers) : isConsoles ? delegated(headers) : proven
        let message = message(delivery)
        let command = (delivery.properties.type ?? delivery.routingKey).description
        return ArrivedLetter(
            id: letterID(headers, isConsoles)
                ?? LetterID(
                    origin: origin,
                    message: message,
                    firstFailedAt: failure.firstFailedAt
                ),
            message: message,
            command: command,
            failure: failure,
            origin: origin,
            caller: caller,
            topic: LetterTopic(reading: message, command: command, caller: caller),
            replay: isConsoles ? text(HeaderName.replayID, headers).flatMap(ReplayJobID.init(_:)) : nil
        )
    }

    /// Whether the token on the message, if there is one, is worth a look: the worker takes it off what it buries.
    func authorization(of delivery: Delivery) -> (token: ArraySlice<UInt8>, provenBinding: Bool)? {
        guard let token = delivery.properties.headers.first(named: HeaderName.authorization)?.stringBytes else {
            return nil
        }
        let publisher = Provenance(of: delivery, worker: trust.worker).publisher
        return (token, PublisherTrust.isVouched(publisher, as: trust.adapter))
    }

    private func message(_ delivery: Delivery) -> LetterMessage {
        LetterMessage(
            body: delivery.body,
            bodyByteCount: delivery.properties.headers.first(named: HeaderName.bodyByteCount)?.integer
                ?? Int64(clamping: delivery.bodyByteCount),
            properties: LetterProperties(delivery.properties),
            headers: delivery.properties.headers.withoutTokens.letterHeaders
        )
    }

    private func letterID(_ headers: FieldTable, _ isConsoles: Bool) -> LetterID? {
        isConsoles ? text(HeaderName.deadLetterID, headers).flatMap(LetterID.init(_:)) : nil
    }

    // MARK: - Buried by the worker

    private func buriedOrigin(_ delivery: Delivery) -> LetterOrigin {
        let headers = delivery.properties.headers
        return LetterOrigin(
            exchange: text(HeaderName.originalExchange, headers) ?? Topology.commands.description,
            routingKey: text(HeaderName.originalRoutingKey, headers) ?? delivery.routingKey.description,
            userID: text(HeaderName.originalUserID, headers)
        )
    }

    private func buriedFailure(_ headers: FieldTable) -> LetterFailure {
        let last = text(HeaderName.failureTime, headers).flatMap(Timestamp.init(_:)) ?? .unknown
        return LetterFailure(
            reason: .refused,
            code: text(HeaderName.failureCode, headers) ?? BrokerDeath.words(for: .unknown).code,
            message: text(HeaderName.failureMessage, headers) ?? "",
            details: text(HeaderName.failureDetails, headers),
            attempts: Int(clamping: max(1, headers.first(named: HeaderName.attempts)?.integer ?? 1)),
            firstFailedAt: text(HeaderName.firstFailureTime, headers).flatMap(Timestamp.init(_:)) ?? last,
            lastFailedAt: last,
            release: text(HeaderName.failureRelease, headers)
        )
    }

    private func verified(_ headers: FieldTable) -> Caller? {
        caller(
            headers,
            tenant: HeaderName.verifiedTenant,
            client: HeaderName.verifiedClient,
            subject: HeaderName.verifiedSubject,
            scopes: HeaderName.verifiedScopes
        )
    }

    // MARK: - Moved by the broker

    private func brokerOrigin(_ delivery: Delivery, _ death: BrokerDeath?) -> LetterOrigin {
        let user = Provenance(of: delivery, worker: trust.worker).publisher?.string
        guard delivery.exchange == Topology.deadLetters else {
            return LetterOrigin(
                exchange: Topology.commands.description,
                routingKey: delivery.routingKey.description,
                userID: user
            )
        }
        return LetterOrigin(
            exchange: death?.exchange ?? Topology.commands.description,
            routingKey: death?.routingKey ?? delivery.routingKey.description,
            userID: user
        )
    }

    private func brokerFailure(_ delivery: Delivery, _ death: BrokerDeath?) -> LetterFailure {
        let isUnrouted = delivery.exchange != Topology.deadLetters
        let reason = isUnrouted ? .unrouted : death?.reason ?? .unknown
        let (code, message) = BrokerDeath.words(for: reason)
        // Told by the message alone, so that a second delivery tells the same.
        let time = isUnrouted ? .unknown : death?.time ?? .unknown
        return LetterFailure(
            reason: reason,
            code: code,
            message: message,
            attempts: isUnrouted ? 1 : death?.count ?? 1,
            firstFailedAt: time,
            lastFailedAt: time
        )
    }

    /// In whose name the console sent it.
    private func delegated(_ headers: FieldTable) -> Caller? {
        caller(
            headers,
            tenant: HeaderName.onBehalfOfTenant,
            client: HeaderName.onBehalfOfClient,
            subject: HeaderName.onBehalfOfSubject,
            scopes: HeaderName.onBehalfOfScopes
        )
    }

    private func caller(
        _ headers: FieldTable,
        tenant: ShortString,
        client: ShortString,
        subject: ShortString,
        scopes: ShortString
    ) -> Caller? {
        guard let tenant = text(tenant, headers), let client = text(client, headers) else { return nil }
        return Caller(
            tenant: tenant,
            clientID: client,
            subject: text(subject, headers),
            scopes: (text(scopes, headers) ?? "").split(separator: " ").map(String.init)
        )
    }

    /// A header as text, for people too: invalid UTF-8 is replaced.
    private func text(_ name: ShortString, _ headers: FieldTable) -> String? {
        headers.first(named: name)?.stringBytes.map { String(decoding: $0, as: UTF8.self) }
    }
}
