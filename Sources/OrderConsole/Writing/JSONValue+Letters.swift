internal import JSON
internal import Orders

extension JSONValue {
    init(_ entry: LetterEntry) { self = .object(Self.members(of: entry)) }

    static func members(of entry: LetterEntry) -> [(String, JSONValue)] {
        let failure = entry.failure
        return [
            ("id", .text(entry.id.description)),
            ("groupId", .text(entry.groupID.description)),
            ("state", .text(entry.state.name)),
            ("command", .text(entry.command)),
            ("reason", .text(failure.reason.name)),
            ("code", .text(failure.code)),
            ("message", .text(failure.message)),
            ("details", JSONValue(checked: failure.details)),
            ("attempts", .number(failure.attempts)),
            ("firstFailureAt", .text(failure.firstFailedAt.description)),
            ("lastFailureAt", .text(failure.lastFailedAt.description)),
            ("release", JSONValue(failure.release)),
            ("keptAt", .text(entry.arrivedAt.description)),
            ("changedAt", .text(entry.changedAt.description)),
            ("arrivals", .number(entry.arrivals)),
            ("tenant", JSONValue(entry.caller?.tenant)),
            ("clientId", JSONValue(entry.caller?.clientID)),
            ("subject", JSONValue(entry.caller?.subject)),
            ("customerId", JSONValue(entry.topic.customerID)),
            ("orderId", JSONValue(entry.topic.orderID)),
            ("exchange", .text(entry.origin.exchange)),
            ("routingKey", .text(entry.origin.routingKey)),
            ("userId", JSONValue(entry.origin.userID)),
            ("bodyBytes", .number(Int(clamping: entry.bodyByteCount))),
            ("revision", .number(entry.revision)),
            ("repeatFailures", .number(entry.repeatFailures)),
            ("replayId", JSONValue(entry.job)),
        ]
    }

    /// JSON that a message brought: what does not read as such is left out.
    init(checked json: String?) {
        guard let json, (try? JSONDocument(parsing: Array(json.utf8))) != nil else {
            self = .null
            return
        }
        self = .json(Array(json.utf8))
    }

    init(_ caller: Caller?) {
        guard let caller else {
            self = .null
            return
        }
        self = [
            "tenant": .text(caller.tenant),
            "clientId": .text(caller.clientID),
            "subject": JSONValue(caller.subject),
            "scopes": .array(caller.scopes.map(JSONValue.text)),
        ]
    }

    init(_ properties: LetterProperties) {
        self = [
            "contentType": JSONValue(bytes: properties.contentType),
            "contentEncoding": JSONValue(bytes: properties.contentEncoding),
            "deliveryMode": JSONValue(properties.deliveryMode.map { Int($0) }),
            "priority": JSONValue(properties.priority.map { Int($0) }),
            "correlationId": JSONValue(bytes: properties.correlationID),
            "replyTo": JSONValue(bytes: properties.replyTo),
            "expiration": JSONValue(bytes: properties.expiration),
            "messageId": JSONValue(bytes: properties.messageID),
            "timestamp": JSONValue(properties.timestamp),
            "type": JSONValue(bytes: properties.type),
            "userId": JSONValue(bytes: properties.userID),
            "appId": JSONValue(bytes: properties.appID),
            "clusterId": JSONValue(bytes: properties.clusterID),
        ]
    }
}
