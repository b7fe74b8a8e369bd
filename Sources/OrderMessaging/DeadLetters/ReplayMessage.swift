internal import AMQP
internal import Orders

/// A kept dead letter as the command that it was.
enum ReplayMessage {
    /// Makes the message; `nil` if a name does not fit where AMQP has room for 255 bytes, or if the console may not send
    /// through the exchange: the broker would end the channel for that, and with it whatever else is under way.
    ///
    /// - Parameters:
    ///   - origins: the exchanges through which commands may go back to where they came from.
    ///   - user: the console's own, which the broker vouches for to the worker.
    ///   - replyTo: where to answer; `nil` for a message that is redirected.
    static func make(
        _ command: ReplayCommand,
        origins: Set<ShortString> = [Topology.commands],
        user: ShortString?,
        replyTo: ShortString?,
        correlationID: ShortString?
    ) -> OutgoingMessage? {
        let item = command.item
        let (exchange, routingKey): (ShortString?, ShortString?) =
            switch command.destination {
            case .origin: (ShortString(item.entry.origin.exchange), ShortString(self.routingKey(item.entry)))
            case .queue(let name): (Topology.redirects, ShortString(name))
            }
        guard let exchange, let routingKey else { return nil }
        guard command.destination != .origin || origins.contains(exchange) else { return nil }
        var properties = item.message.properties.amqp
        properties.headers = FieldTable(item.message.headers.filter { !isOurs($0) })
        append(command, to: &properties.headers)
        properties.deliveryMode = 2
        properties.expiration = nil
        properties.userID = user
        if case .origin = command.destination {
            properties.replyTo = replyTo
            properties.correlationID = correlationID
        }
        return OutgoingMessage(
            exchange: exchange,
            routingKey: routingKey,
            properties: properties,
            body: item.message.body,
            isMandatory: true
        )
    }

    /// The letter's own, unless no queue took it under that name and its type is a command's: then it goes by its type.
    private static func routingKey(_ entry: LetterEntry) -> String {
        entry.failure.reason == .unrouted && CommandName(rawValue: entry.command) != nil
            ? entry.command : entry.origin.routingKey
    }

    private static func append(_ command: ReplayCommand, to headers: inout FieldTable) {
        headers.append(HeaderName.deadLetterID, .text(command.item.entry.id.description))
        headers.append(HeaderName.replayID, .text(command.job.description))
        // A queue that somebody chose gets no token: who reads there need not be a worker.
        guard case .origin = command.destination, let caller = command.caller else { return }
        headers.append(HeaderName.authorization, .text(command.authorization))
        headers.append(HeaderName.onBehalfOfTenant, .text(caller.tenant))
        headers.append(HeaderName.onBehalfOfClient, .text(caller.clientID))
        if let subject = caller.subject { headers.append(HeaderName.onBehalfOfSubject, .text(subject)) }
        headers.append(HeaderName.onBehalfOfScopes, .text(caller.scopes.sorted().joined(separator: " ")))
    }

    /// What the worker, the console or the broker wrote, which must not be said twice, and what would have the broker
    /// multiply the message or refuse it.
    static func isOurs(_ header: LetterHeader) -> Bool {
        guard let name = ShortString(bytes: header.name[...]) else { return true }
        let label = header.label.lowercased()
        return HeaderName.workers.contains(name) || label.hasPrefix(HeaderName.onBehalfOf)
            || label.hasPrefix("x-death") || label.hasPrefix("x-first-death") || label.hasPrefix("x-last-death")
            || [
                HeaderName.authorization.description, HeaderName.replayID.description,
                HeaderName.deadLetterID.description, "x-delivery-count", "x-acquired-count", "cc", "bcc",
            ].contains(label)
    }
}
