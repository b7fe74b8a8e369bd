internal import JSON
package import Orders

extension LetterLine {
    /// Bodies of 16 MiB and their heads, in base64, fit.
    private static let limits = JSONLimits(maxBytes: 64 << 20)

    /// Reads a line that ``encode(_:)-(ArrivedLetter)`` wrote, without its end.
    ///
    /// Members of other names are left alone. Who imports is to check on whose behalf the line claims to be: it is only
    /// a text from outside.
    ///
    /// - Throws: `.malformedMessage` if the line is no JSON object; `.validationFailed` with the member that is missing
    ///   or not as it must be. Must be there: `exchange`, `routingKey`, `command`, `code`, `head`, `body`.
    package static func decode(_ line: [UInt8]) throws(Refusal) -> ArrivedLetter {
        let root: JSONNode
        do {
            root = try JSONDocument(parsing: line, limits: limits).root
        } catch {
            throw Refusal(.malformedMessage, "The line is not JSON: \(error)")
        }
        guard root.kind == .object else { throw Refusal(.malformedMessage, "The line must be a JSON object") }
        return try LineReader(root: root).letter()
    }
}

/// Reads the members of one object; `null` is as good as none.
private struct LineReader {
    let root: JSONNode

    func letter() throws(Refusal) -> ArrivedLetter {
        let message = try message()
        let failure = try failure()
        let origin = LetterOrigin(
            exchange: try required(text("exchange"), "exchange"),
            routingKey: try required(text("routingKey"), "routingKey"),
            userID: try text("userId")
        )
        return ArrivedLetter(
            id: try value("id", "a letter's id", LetterID.init(_:))
                ?? LetterID(origin: origin, message: message, firstFailedAt: failure.firstFailedAt),
            message: message,
            command: try required(text("command"), "command"),
            failure: failure,
            origin: origin,
            caller: try caller(),
            topic: LetterTopic(
                customerID: try text("customerId"),
                orderID: try value("orderId", "an order's id", OrderID.init(_:)),
                idempotencyKey: try text("idempotencyKey")
            ),
            replay: try value("replay", "a replay's id", ReplayJobID.init(_:))
        )
    }

    private func message() throws(Refusal) -> LetterMessage {
        let body = try bytes("body")
        guard let (properties, headers) = LetterHead.decode(try bytes("head")) else {
            throw Self.misfit("head", "must be the base64 of a message's properties and headers")
        }
        let count = try integer("bodyBytes") ?? Int64(body.count)
        guard count >= Int64(body.count) else { throw Self.misfit("bodyBytes", "must not be less than the body has") }
        return LetterMessage(body: body, bodyByteCount: count, properties: properties, headers: headers)
    }

    private func failure() throws(Refusal) -> LetterFailure {
        let last = try value("lastFailureAt", "a time like 2025-12-26T21:45:10.123Z", Timestamp.init(_:)) ?? .unknown
        return LetterFailure(
            reason: try value("reason", "a reason that is known here", FailureReason.init(name:)) ?? .unknown,
            code: try required(text("code"), "code"),
            message: try text("message") ?? "",
            details: try text("details"),
            attempts: Int(clamping: max(1, try integer("attempts") ?? 1)),
            firstFailedAt: try value("firstFailureAt", "a time like 2025-12-26T21:45:10.123Z", Timestamp.init(_:))
                ?? last,
            lastFailedAt: last,
            release: try text("release")
        )
    }

    private func caller() throws(Refusal) -> Caller? {
        guard let node = node("caller") else { return nil }
        guard node.kind == .object else { throw Self.misfit("caller", "must be an object") }
        let reader = LineReader(root: node)
        var scopes: [String] = []
        if let list = reader.node("scopes") {
            guard list.kind == .array else { throw Self.misfit("scopes", "must be an array of strings") }
            for element in list.elements {
                guard let scope = element.asString else { throw Self.misfit("scopes", "must be an array of strings") }
                scopes.append(scope)
            }
        }
        return Caller(
            tenant: try reader.required(reader.text("tenant"), "tenant"),
            clientID: try reader.required(reader.text("clientId"), "clientId"),
            subject: try reader.text("subject"),
            scopes: scopes
        )
    }

    // MARK: - Members

    private func node(_ name: StaticString) -> JSONNode? {
        root.member(name).flatMap { $0.isNull ? nil : $0 }
    }

    private func text(_ name: StaticString) throws(Refusal) -> String? {
        guard let node = node(name) else { return nil }
        guard let text = node.asString else { throw Self.misfit(name, "must be a string") }
        return text
    }

    private func integer(_ name: StaticString) throws(Refusal) -> Int64? {
        guard let node = node(name) else { return nil }
        guard let number = node.asInt64 else { throw Self.misfit(name, "must be an integer") }
        return number
    }

    private func value<Value>(
        _ name: StaticString,
        _ kind: String,
        _ read: (String) -> Value?
    ) throws(Refusal) -> Value? {
        guard let text = try text(name) else { return nil }
        guard let value = read(text) else { throw Self.misfit(name, "must be \(kind)") }
        return value
    }

    private func bytes(_ name: StaticString) throws(Refusal) -> [UInt8] {
        guard let text = node(name)?.utf8, let bytes = Base64.decoded(text) else {
            throw Self.misfit(name, "must be there, in base64")
        }
        return bytes
    }

    private func required(_ text: String?, _ name: StaticString) throws(Refusal) -> String {
        guard let text else { throw Self.misfit(name, "must be there") }
        return text
    }

    private static func misfit(_ name: StaticString, _ message: String) -> Refusal {
        Refusal(
            .validationFailed,
            "The line is not a dead letter",
            details: [Violation(field: "\(name)", message: message)]
        )
    }
}
