internal import JSON

/// Where an order's idempotency key comes from.
package enum KeyRule: Sendable, Equatable {
    /// Each order has its own.
    case own
    /// For an order without one it is drawn; such a key is written into the order, so that a second attempt has it too.
    case generated
    /// The one order gets this one.
    case given(String)

    /// Makes an order ready to be sent.
    ///
    /// - Returns: the body, which has a key, and the key.
    /// - Throws: ``CommandFailure`` for what cannot be an order at all; everything else is left to the worker, which
    ///   knows all rules.
    package func prepare(
        _ line: OrderLine,
        makeKey: () -> String = RandomName.make
    ) throws(CommandFailure) -> (body: [UInt8], key: String) {
        let root = try Self.object(line)
        let own = root.member("idempotencyKey")
        switch self {
        case .own:
            guard let own else {
                throw Self.failure(
                    "the order has no idempotencyKey: give it one, or let --generate-keys draw one for each"
                )
            }
            return (line.text, own.asString ?? "")
        case .generated:
            if let own { return (line.text, own.asString ?? "") }
            let key = makeKey()
            return (Self.adding(key, to: line.text, isEmpty: root.count == 0), key)
        case .given(let key):
            guard let own else { return (Self.adding(key, to: line.text, isEmpty: root.count == 0), key) }
            guard own.asString == key else {
                throw Self.failure("the order has another idempotencyKey than the command line gives it")
            }
            return (line.text, key)
        }
    }

    private static func object(_ line: OrderLine) throws(CommandFailure) -> JSONNode {
        guard !line.isTooLong else { throw failure("the line is longer than 1 MiB: no order is") }
        let root: JSONNode
        do throws(JSONError) {
            root = try JSONDocument(parsing: line.text, limits: JSONLimits(maxBytes: line.text.count)).root
        } catch {
            throw failure("this is not JSON: \(error)")
        }
        switch root.kind {
        case .object: return root
        case .array: throw failure("this is an array: give one order a line, as jq -c '.[]' writes them")
        default: throw failure("this is no JSON object")
        }
    }

    /// Writes the key in front of the object's other members.
    private static func adding(_ key: String, to object: [UInt8], isEmpty: Bool) -> [UInt8] {
        guard let brace = object.firstIndex(of: UInt8(ascii: "{")) else { return object }
        var body = Array(object[...brace])
        body.appendLiteral("\"idempotencyKey\":")
        body.appendJSONString(key)
        if !isEmpty { body.append(UInt8(ascii: ",")) }
        return body + object[(brace + 1)...]
    }

    private static func failure(_ message: String) -> CommandFailure {
        CommandFailure(code: "INVALID_INPUT", message: message)
    }
}
