internal import JSON
internal import Orders

/// The JSON object in a command's body.
struct CommandBody {
    let root: JSONNode

    init(_ bytes: [UInt8]) throws(Refusal) {
        do {
            root = try JSONDocument(parsing: bytes, limits: JSONLimits(maxBytes: OrderRules.bodyBytes)).root
        } catch {
            throw Refusal(.malformedMessage, "The body is not JSON: \(error)")
        }
        guard root.kind == .object else {
            throw Refusal(.malformedMessage, "The body must be a JSON object")
        }
    }

    func text(_ name: StaticString) -> Field<String> {
        root.member(name).asField
    }
}

extension JSONNode? {
    /// The node as a text field; anything but a string is of the wrong type.
    var asField: Field<String> {
        guard let self else { return .missing }
        return self.asString.map(Field.value) ?? .wrongType
    }
}
