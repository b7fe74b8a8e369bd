internal import JSON
package import Orders

/// A dead letter as one line of NDJSON, for export, import and draining.
///
/// `head` and `body` are the message, exact to the byte, in base64; the other members are what a person or `jq` can
/// read, and what an import needs beside the message.
package enum LetterLine {
    /// Writes a letter, without the line's end.
    package static func encode(_ letter: ArrivedLetter) -> [UInt8] {
        var line = LineWriter()
        line.write("id", letter.id.description)
        line.write("exchange", letter.origin.exchange)
        line.write("routingKey", letter.origin.routingKey)
        line.write("userId", letter.origin.userID)
        line.write("command", letter.command)
        line.write(letter.failure)
        line.write(letter.caller)
        line.write("customerId", letter.topic.customerID)
        line.write("orderId", letter.topic.orderID?.description)
        line.write("idempotencyKey", letter.topic.idempotencyKey)
        line.write("replay", letter.replay?.description)
        line.write("bodyBytes", Int(clamping: letter.message.bodyByteCount))
        line.write(base64: "head", LetterHead.encode(letter.message.properties, letter.message.headers))
        line.write(base64: "body", letter.message.body)
        return line.finish()
    }

    /// Writes a letter that was kept, as it would arrive again: with its newest failure and caller.
    package static func encode(_ letter: KeptLetter) -> [UInt8] {
        encode(
            ArrivedLetter(
                id: letter.entry.id,
                message: letter.message,
                command: letter.entry.command,
                failure: letter.entry.failure,
                origin: letter.entry.origin,
                caller: letter.entry.caller,
                topic: letter.entry.topic
            )
        )
    }
}

/// Writes the members of one object.
private struct LineWriter {
    private var bytes = [UInt8(ascii: "{")]

    mutating func write(_ name: StaticString, _ text: String?) {
        begin(name)
        append(text)
    }

    mutating func write(_ name: StaticString, _ number: Int) {
        begin(name)
        bytes.appendJSONInteger(number)
    }

    mutating func write(base64 name: StaticString, _ content: [UInt8]) {
        begin(name)
        bytes.append(UInt8(ascii: "\""))
        Base64.append(content, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func write(_ failure: LetterFailure) {
        write("reason", failure.reason.name)
        write("code", failure.code)
        write("message", failure.message)
        write("details", failure.details)
        write("attempts", failure.attempts)
        write("firstFailureAt", failure.firstFailedAt == .unknown ? nil : failure.firstFailedAt.description)
        write("lastFailureAt", failure.lastFailedAt == .unknown ? nil : failure.lastFailedAt.description)
        write("release", failure.release)
    }

    mutating func write(_ caller: Caller?) {
        begin("caller")
        guard let caller else { return append(nil) }
        var inner = LineWriter()
        inner.write("tenant", caller.tenant)
        inner.write("clientId", caller.clientID)
        inner.write("subject", caller.subject)
        inner.begin("scopes")
        inner.bytes.append(UInt8(ascii: "["))
        for (position, scope) in caller.scopes.enumerated() {
            if position > 0 { inner.bytes.append(UInt8(ascii: ",")) }
            inner.append(scope)
        }
        inner.bytes.append(UInt8(ascii: "]"))
        bytes += inner.finish()
    }

    consuming func finish() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private mutating func begin(_ name: StaticString) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        bytes.appendLiteral(name)
        bytes.appendLiteral("\":")
    }

    private mutating func append(_ text: String?) {
        if let text {
            bytes.appendJSONString(text)
        } else {
            bytes.appendLiteral("null")
        }
    }
}
