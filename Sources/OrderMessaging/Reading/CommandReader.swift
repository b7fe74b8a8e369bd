package import AMQP
internal import JSON
package import Orders

/// Reads a message into a command, or into the reason why it is none.
///
/// Pure but for the random request id of messages without one. The order of the checks is the order in which a sender
/// needs to know: who are you, what do you want, may you, and only then what exactly.
package struct CommandReader: Sendable {
    private let authenticator: any CallerAuthenticator
    /// The broker user of the HTTP adapter, whose messages carry proven sender-constrained tokens.
    private let adapterUser: ShortString

    package init(authenticator: any CallerAuthenticator, adapterUser: String = "gateway") {
        self.authenticator = authenticator
        self.adapterUser = ShortString(adapterUser) ?? .empty
    }

    /// Reads a delivery.
    ///
    /// - Returns: the command, undecided if the key of its token is not at hand; which is named then.
    package func read(_ delivery: Delivery) -> (command: IncomingCommand, unknownKey: UnknownKey?) {
        let headers = CommandHeaders(delivery.properties.headers)
        let context = context(of: delivery, headers)
        var unknownKey: UnknownKey?
        let reading: IncomingCommand.Reading
        switch read(delivery, headers, context) {
        case .read(let result):
            reading = result
        case .unknownKey(let key):
            unknownKey = key
            reading = .undecided(reason: "the issuer's keys cannot be had")
        }
        let command = IncomingCommand(
            mark: DeliveryMark(epoch: delivery.tag.epoch, tag: delivery.tag.number),
            context: context,
            reading: reading,
            origin: delivery
        )
        return (command, unknownKey)
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
            command: (properties.type ?? delivery.routingKey).description,
            requestID: requestID.map { String(decoding: $0, as: UTF8.self) } ?? RequestID.make(),
            replyTo: properties.replyTo.flatMap { $0.isEmpty ? nil : Array($0.bytes) },
            correlationID: properties.correlationID.map { Array($0.bytes) },
            traceparent: traceparent.map { String(decoding: $0, as: UTF8.self) },
            tracestate: traceparent == nil ? nil : headers.tracestate.string,
            sentAt: properties.timestamp
        )
    }

    private func read(_ delivery: Delivery, _ headers: CommandHeaders, _ context: CommandContext) -> Result {
        let caller: Caller
        do {
            switch try authenticate(delivery, headers) {
            case .caller(let proven): caller = proven
            case .refused(let refusal): return .read(.refused(refusal, nil))
            case .unknownKey(let key): return .unknownKey(key)
            }
        } catch {
            return .read(.refused(error, nil))
        }
        do {
            return .read(.accepted(try command(delivery, headers, context, caller), caller))
        } catch {
            return .read(.refused(error, caller))
        }
    }

    private func authenticate(_ delivery: Delivery, _ headers: CommandHeaders) throws(Refusal) -> Authentication {
        switch headers.authorization {
        case .repeated:
            throw Refusal(.invalidToken, "The header authorization was sent twice")
        case .wrongType:
            throw Refusal(.invalidToken, "The header authorization must be a string: Bearer and a token")
        case .missing, .bytes:
            // The broker has checked user-id against the connection's user, so it cannot be forged.
            let provenBinding = !adapterUser.isEmpty && delivery.properties.userID == adapterUser
            return authenticator.authenticate(
                authorization: headers.authorization.bytes,
                provenBinding: provenBinding
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
        guard delivery.bodyByteCount <= UInt64(OrderRules.bodyBytes), !delivery.isTruncated else {
            throw Refusal(
                .payloadTooLarge,
                "The body has \(delivery.bodyByteCount) bytes; at most \(OrderRules.bodyBytes) are taken"
            )
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
