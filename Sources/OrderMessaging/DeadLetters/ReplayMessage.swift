internal import AMQP
internal import Orders

/// A kept dead letter as the command that it was.
enum ReplayMessage {
    /// Makes the message; `nil` if it is for an exchange through which no command comes, or if a name does not fit
    /// where AMQP has room for 255 bytes.
    ///
    /// The broker ends the channel on an exchange that it does not have or that the console may not use, and with it
    /// whatever else is under way.
    ///
    /// - Parameters:
    ///   - user: the console's own, which the broker vouches for to the worker.
    ///   - replyTo: where to answer; `nil` for a message that is redirected.
    static func make(
        _ command: ReplayCommand,
        user: ShortString?,
        replyTo: ShortString?,
        correlationID: ShortString?
    ) -> OutgoingMessage? {
        let item = command.item
        let (exchange, routingKey): (ShortString?, ShortString?) =
            switch command.destination {
            case .origin: (ShortString(item.entry.origin.exchange), ShortString(item.entry.origin.routingKey))
            case .queue(let name): (ShortString.empty, ShortString(name))
            }
        guard let exchange, let routingKey, exchange == Topology.commands || exchange.isEmpty else { return nil }
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

    private static func append(_ command: ReplayCommand, to headers: inout FieldTable) {
        headers.append(HeaderName.deadLetterID, .text(command.item.entry.id.description))
        headers.append(HeaderName.replayID, .text(command.job.description))
        // A queue that somebody chose gets no token: who reads there need not be a worker.
        guard case .origin = command.destination else { return }
        headers.append(HeaderName.authorization, .text(command.authorization))
        headers.append(HeaderName.onBehalfOfTenant, .text(command.caller.tenant))
        headers.append(HeaderName.onBehalfOfClient, .text(command.caller.clientID))
        if let subject = command.caller.subject { headers.append(HeaderName.onBehalfOfSubject, .text(subject)) }
        headers.append(HeaderName.onBehalfOfScopes, .text(command.caller.scopes.sorted().joined(separator: " ")))
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
