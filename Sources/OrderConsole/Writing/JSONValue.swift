internal import JSON

/// A JSON value to be sent, its members in the order in which they were written.
indirect enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(Int)
    case decimal(Double)
    case text(String)
    /// JSON that was read before.
    case json([UInt8])
    case array([JSONValue])
    case object([(String, JSONValue)])

    init(_ text: String?) { self = text.map(JSONValue.text) ?? .null }

    init(_ number: Int?) { self = number.map(JSONValue.number) ?? .null }

    /// The bytes of a message that claim to be text, with every invalid sequence replaced.
    init(bytes: [UInt8]?) { self = bytes.map { .text(String(decoding: $0, as: UTF8.self)) } ?? .null }

    init(_ described: (some CustomStringConvertible)?) { self = described.map { .text($0.description) } ?? .null }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }

    func append(to output: inout [UInt8]) {
        switch self {
        case .null: output.appendLiteral("null")
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let value): output.appendJSONInteger(value)
        case .decimal(let value): output.append(contentsOf: (value.isFinite ? "\(value)" : "null").utf8)
        case .text(let text): output.appendJSONString(text)
        case .json(let bytes): output.append(contentsOf: bytes)
        case .array(let elements): Self.append(elements, to: &output)
        case .object(let members): Self.append(members, to: &output)
        }
    }

    private static func append(_ elements: [JSONValue], to output: inout [UInt8]) {
        output.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            element.append(to: &output)
        }
        output.append(UInt8(ascii: "]"))
    }

    private static func append(_ members: [(String, JSONValue)], to output: inout [UInt8]) {
        output.append(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            output.appendJSONString(member.0)
            output.append(UInt8(ascii: ":"))
            member.1.append(to: &output)
        }
        output.append(UInt8(ascii: "}"))
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(members) }
}
