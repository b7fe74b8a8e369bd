internal import JSON
internal import OrderHTTP
internal import Orders

/// A letter in an export: a line of JSON that gives every byte back.
enum ExportLine {
    static func write(_ letter: KeptLetter) -> [UInt8] {
        let (entry, message) = (letter.entry, letter.message)
        let failure = entry.failure
        let head = LetterHead.encode(message.properties, message.headers)
        let value: JSONValue = [
            "id": .text(entry.id.description),
            "command": .text(entry.command),
            "state": .text(entry.state.name),
            "failure": [
                "reason": .text(failure.reason.name),
                "code": .text(failure.code),
                "message": .text(failure.message),
                "details": JSONValue(failure.details),
                "attempts": .number(failure.attempts),
                "firstFailedAt": .text(failure.firstFailedAt.description),
                "lastFailedAt": .text(failure.lastFailedAt.description),
                "release": JSONValue(failure.release),
            ],
            "origin": [
                "exchange": .text(entry.origin.exchange),
                "routingKey": .text(entry.origin.routingKey),
                "userId": JSONValue(entry.origin.userID),
            ],
            "caller": JSONValue(entry.caller),
            "customerId": JSONValue(entry.topic.customerID),
            "orderId": JSONValue(entry.topic.orderID),
            "idempotencyKey": JSONValue(entry.topic.idempotencyKey),
            "headBase64": .text(Base64.encode(head)),
            "bodyBase64": .text(Base64.encode(message.body)),
            "bodyBytes": .number(Int(clamping: message.bodyByteCount)),
        ]
        return value.bytes + [UInt8(ascii: "\n")]
    }

    /// Reads a line; the state is not taken over: what is imported waits.
    static func read(_ line: [UInt8]) throws(Problem) -> ArrivedLetter {
        var members = try Members(parsing: line, limit: 32 << 20)
        guard let id = LetterID(try members.required("id")) else { throw .wrong("id", "must be a letter's id") }
        let command = try members.required("command")
        _ = members.node("state")
        let failure = try Self.failure(Members(members.node("failure"), "failure"))
        let origin = try Self.origin(Members(members.node("origin"), "origin"))
        let caller = try members.node("caller").map { node throws(Problem) in try Caller(sent: node) }
        let order = try members.text("orderId")
        let topic = LetterTopic(
            customerID: try members.text("customerId"),
            orderID: order.flatMap { OrderID($0) },
            idempotencyKey: try members.text("idempotencyKey")
        )
        guard let head = Base64.decode(try members.required("headBase64").utf8).flatMap(LetterHead.decode),
            let body = Base64.decode(try members.required("bodyBase64").utf8)
        else { throw .wrong("headBase64", "or bodyBase64 is damaged") }
        let length = try members.integer("bodyBytes", in: 0...Int.max)
        try members.finish()
        let message = LetterMessage(
            body: body,
            bodyByteCount: length.map { Int64($0) },
            properties: head.properties,
            headers: head.headers
        )
        return ArrivedLetter(
            id: id,
            message: message,
            command: command,
            failure: failure,
            origin: origin,
            caller: caller,
            topic: topic
        )
    }

    private static func failure(_ sent: Members) throws(Problem) -> LetterFailure {
        var members = sent
        guard let reason = FailureReason(name: try members.required("reason")),
            let first = Timestamp(sent: try members.required("firstFailedAt")),
            let last = Timestamp(sent: try members.required("lastFailedAt"))
        else { throw .wrong("failure", "is damaged") }
        let failure = LetterFailure(
            reason: reason,
            code: try members.required("code"),
            message: try members.required("message"),
            details: try members.text("details"),
            attempts: try members.integer("attempts", in: 1...1_000_000) ?? 1,
            firstFailedAt: first,
            lastFailedAt: last,
            release: try members.text("release")
        )
        try members.finish()
        return failure
    }

    private static func origin(_ sent: Members) throws(Problem) -> LetterOrigin {
        var members = sent
        let origin = LetterOrigin(
            exchange: try members.required("exchange"),
            routingKey: try members.required("routingKey"),
            userID: try members.text("userId")
        )
        try members.finish()
        return origin
    }
}
