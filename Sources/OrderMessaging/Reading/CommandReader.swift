package import AMQP
internal import JSON
package import Orders

/// Reads a message into a command, or into the reason why it is none.
///
/// Pure but for the random request id of messages without one. The order of the checks is the order in which a sender
/// needs to know: who are you, what do you want, may you, and only then what exactly.
package struct CommandReader: Sendable {
    private let authenticator: any CallerAuthenticator
    private let trust: PublisherTrust

    package init(authenticator: any CallerAuthenticator, trust: PublisherTrust = PublisherTrust()) {
        self.authenticator = authenticator
        self.trust = trust
    }

    /// Reads a delivery.
    ///
    /// - Parameter isAlone: nothing else is in hand. A suspect is left unread otherwise: reading may be what it ends
    ///   the worker with.
    /// - Returns: the command, undecided if the key of its token is not at hand; which is named then.
    package func read(
        _ delivery: Delivery,
        isAlone: Bool = false
    ) -> (command: IncomingCommand, unknownKey: UnknownKey?) {
        let headers = CommandHeaders(delivery.properties.headers)
        let context = context(of: delivery, headers)
        let provenance = Provenance(of: delivery, worker: trust.worker)
        var unknownKey: UnknownKey?
        let reading: IncomingCommand.Reading
        if provenance.history.isSuspect && !isAlone {
            reading = .unread
        } else {
            switch read(delivery, headers, context, provenance.publisher) {
            case .read(let result):
                reading = result
            case .unknownKey(let key):
                unknownKey = key
                reading = .undecided(reason: "the issuer's keys cannot be had")
            }
        }
        let command = IncomingCommand(
            mark: DeliveryMark(epoch: delivery.tag.epoch, tag: delivery.tag.number),
            context: context,
            reading: reading,
            origin: delivery,
            history: provenance.history
        )
        return (command, unknownKey)
    }

    /// Who sent a delivery, from its token alone: nothing else of the command is read.
    package func sender(of delivery: Delivery) -> Caller? {
        let headers = CommandHeaders(delivery.properties.headers)
        let publisher = Provenance(of: delivery, worker: trust.worker).publisher
        guard case .caller(let caller)? = try? authenticate(headers, publisher) else { return nil }
        return try? inWhoseName(caller, delivery, headers, publisher)
    }

    private enum Result {
        case read(IncomingCommand.Reading)
        case unknownKey(UnknownKey)
    }

    private func context(of delivery: Delivery, _ headers: CommandHeaders) -> CommandContext {
        let properties = delivery.properties
        let requestID =
            [headers.requestID.bytes, properties.messageID?.bytes]
            .lazy.compactMap { $0 }.first(where: RequestID.isWellFormed)
        let traceparent = headers.traceparent.bytes.flatMap { TraceParent.isWellFormed($0) ? $0 : nil }
        return CommandContext(
            command: (properties.type.flatMap { $0.isEmpty ? nil : $0 } ?? delivery.routingKey).description,
            requestID: requestID.map { String(decoding: $0, as: UTF8.self) } ?? RequestID.make(),
            replyTo: properties.replyTo.flatMap { $0.isEmpty ? nil : Array($0.bytes) },
            correlationID: properties.correlationID.map { Array($0.bytes) },
            traceparent: traceparent.map { String(decoding: $0, as: UTF8.self) },
            tracestate: traceparent == nil ? nil : headers.tracestate.string,
            sentAt: properties.timestamp
        )
    }

    private func read(
        _ delivery: Delivery,
        _ headers: CommandHeaders,
        _ context: CommandContext,
        _ publisher: ShortString?
    ) -> Result {
        var caller: Caller
        do {
            switch try authenticate(headers, publisher) {
            case .caller(let proven): caller = proven
            case .refused(let refusal): return .read(.refused(refusal, nil))
            // Its body is not here, so it could not be sent to wait.
            case .unknownKey where delivery.isTruncated: return .read(.refused(Self.tooLarge(delivery), nil))
            case .unknownKey(let key): return .unknownKey(key)
            }
        } catch {
            return .read(.refused(error, nil))
        }
        do {
            caller = try inWhoseName(caller, delivery, headers, publisher)
            return .read(.accepted(try command(delivery, headers, context, caller), caller))
        } catch {
            return .read(.refused(error, caller))
        }
    }

    /// The sender itself, or the one that the console says it sends for.
    private func inWhoseName(
        _ sender: Caller,
        _ delivery: Delivery,
        _ headers: CommandHeaders,
        _ publisher: ShortString?
    ) throws(Refusal) -> Caller {
        guard headers.namesAnother else { return sender }
        return try Delegation.caller(
            in: delivery.properties.headers,
            publishedBy: publisher,
            trust: trust,
            authority: sender
        )
    }

    private func authenticate(
        _ headers: CommandHeaders,
        _ publisher: ShortString?
    ) throws(Refusal) -> Authentication {
        switch headers.authorization {
        case .repeated:
            throw Refusal(.invalidToken, "The header authorization was sent twice")
        case .wrongType:
            throw Refusal(.invalidToken, "The header authorization must be a string: Bearer and a token")
        case .missing, .bytes:
            // The broker has checked user-id against the connection's user, so it cannot be forged.
            return authenticator.authenticate(
                authorization: headers.authorization.bytes,
                provenBinding: PublisherTrust.isVouched(publisher, as: trust.adapter)
            )
        }
    }

    private func command(
        _ delivery: Delivery,
        _ headers: CommandHeaders,
        _ context: CommandContext,
        _ caller: Caller
    ) throws(Refusal) -> Command {
        guard let name = CommandName(rawValue: context.command) else {
            let known = CommandName.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(.unsupportedCommand, "There is no such command; there are \(known)")
        }
        guard caller.has(name.requiredScope) else {
            throw Refusal(.insufficientScope, "The token lacks the scope \(name.requiredScope.rawValue)")
        }
        // Questions may expire before they are read, and a write that did would be lost.
        guard name.isRead || !Topology.isQuestion(delivery.routingKey) else {
            throw Refusal(
                .unsupportedCommand,
                "The routing key \(delivery.routingKey) is a question's: publish \(name.rawValue) with its own"
            )
        }
        guard delivery.bodyByteCount <= UInt64(OrderRules.bodyBytes), !delivery.isTruncated else {
            throw Self.tooLarge(delivery)
        }
        try checkContentType(delivery.properties)
        let body = try CommandBody(delivery.body)
        return switch name {
        case .create: .create(try body.newOrder(headerKey: headers.idempotencyKey))
        case .cancel: .cancel(try body.cancelOrder())
        case .get: .get(try body.getOrder(headerKey: headers.idempotencyKey, caller: caller))
        case .list: .list(try body.listOrders())
        }
    }

    private static func tooLarge(_ delivery: Delivery) -> Refusal {
        Refusal(
            .payloadTooLarge,
            "The body has \(delivery.bodyByteCount) bytes; at most \(OrderRules.bodyBytes) are taken"
        )
    }

    private func checkContentType(_ properties: MessageProperties) throws(Refusal) {
        if let type = properties.contentType, !type.isEmpty {
            let mediaType = type.bytes.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
            guard String(decoding: mediaType, as: UTF8.self).lowercased() == "application/json" else {
                throw Refusal(.malformedMessage, "The content-type must be application/json")
            }
        }
        if let encoding = properties.contentEncoding, !encoding.isEmpty {
            let name = encoding.description.lowercased()
            guard name == "utf-8" || name == "identity" else {
                throw Refusal(.malformedMessage, "The body must be plain JSON; content-encoding is not supported")
            }
        }
    }
}
