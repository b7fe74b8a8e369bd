internal import JSON

/// What a body looks like without what it says: names and kinds, and no values.
enum BodyShape {
    private static let limit = 64 * 1024

    static func text(of body: [UInt8]) -> String {
        guard let document = try? JSONDocument(parsing: body, limits: JSONLimits(maxBytes: 16 << 20)) else {
            return "\(body.count) bytes that are not JSON"
        }
        var text: [UInt8] = []
        append(document.root, depth: 0, to: &text)
        return String(decoding: text.prefix(limit), as: UTF8.self) + (text.count > limit ? "…" : "")
    }

    private static func append(_ node: JSONNode, depth: Int, to text: inout [UInt8]) {
        guard text.count <= limit else { return }
        switch node.kind {
        case .null: text.appendLiteral("null")
        case .true, .false: text.appendLiteral("true or false")
        case .number: text.appendLiteral("number")
        case .string: text += Array("text of \(node.scalarCount ?? 0)".utf8)
        case .array:
            appendAll("[", node.elements.map { (nil, $0) }, "]", depth, to: &text)
        case .object:
            appendAll("{", node.members.map { ($0.name.utf8, $0.value) }, "}", depth, to: &text)
        }
    }

    private static func appendAll(
        _ open: StaticString,
        _ values: [(ArraySlice<UInt8>?, JSONNode)],
        _ close: StaticString,
        _ depth: Int,
        to text: inout [UInt8]
    ) {
        text.appendLiteral(open)
        for (name, value) in values {
            text.append(UInt8(ascii: "\n"))
            text += Array(repeating: UInt8(ascii: " "), count: 2 * (depth + 1))
            if let name {
                text.appendJSONString(utf8: name)
                text.appendLiteral(": ")
            }
            append(value, depth: depth + 1, to: &text)
        }
        if !values.isEmpty {
            text.append(UInt8(ascii: "\n"))
            text += Array(repeating: UInt8(ascii: " "), count: 2 * depth)
        }
        text.appendLiteral(close)
    }
}
