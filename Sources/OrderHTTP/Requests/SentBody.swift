internal import JSON
internal import Orders

/// The JSON object that a caller sent.
struct SentBody {
    let root: JSONNode

    init(_ bytes: [UInt8]) throws(Problem) {
        do {
            root = try JSONDocument(parsing: bytes, limits: JSONLimits(maxBytes: OrderRules.bodyBytes)).root
        } catch {
            throw .malformed("The body is not JSON: \(error)")
        }
        guard root.kind == .object else { throw .malformed("The body must be a JSON object") }
    }

    /// The idempotency key of an order, from the body or the field `Idempotency-Key`.
    ///
    /// - Throws: the problem where there is none, it is none, or the two differ.
    func idempotencyKey(orField sent: IdempotencyKey?) throws(Problem) -> IdempotencyKey {
        guard let node = root.member("idempotencyKey") else {
            if let sent { return sent }
            throw Problem(
                .idempotencyKeyRequired,
                "An order needs an idempotency key: field Idempotency-Key or member idempotencyKey"
            )
        }
        guard let text = node.asString, let key = IdempotencyKey(text) else {
            let lengths = IdempotencyKey.lengths
            throw Self.keyInvalid("must be \(lengths.lowerBound) to \(lengths.upperBound) visible ASCII characters")
        }
        guard sent == nil || sent == key else {
            throw Self.keyInvalid("must equal the field Idempotency-Key where both are sent")
        }
        return key
    }

    private static func keyInvalid(_ message: String) -> Problem {
        .invalid([Violation(field: "idempotencyKey", message: message)])
    }
}
