internal import JSON

/// Small JSON objects on one line.
package enum JSONText {
    package enum Value: Sendable {
        case text(String)
        case number(Int)
        case flag(Bool)
        case null
        /// JSON as it stands.
        case raw([UInt8])
    }

    /// Writes an object with its members in the order given.
    package static func object(_ members: [(name: StaticString, value: Value)]) -> [UInt8] {
        var json: [UInt8] = [UInt8(ascii: "{")]
        for (index, member) in members.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json.append(UInt8(ascii: "\""))
            json.appendLiteral(member.name)
            json.appendLiteral("\":")
            append(member.value, to: &json)
        }
        json.append(UInt8(ascii: "}"))
        return json
    }

    private static func append(_ value: Value, to json: inout [UInt8]) {
        switch value {
        case .text(let text): json.appendJSONString(text)
        case .number(let number): json.appendJSONInteger(number)
        case .flag(let flag): json += Array((flag ? "true" : "false").utf8)
        case .null: json.appendLiteral("null")
        case .raw(let raw): json += raw
        }
    }
}
