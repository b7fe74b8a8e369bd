internal import JSON
internal import Orders

extension JSONValue {
    init(_ header: LetterHeader) {
        self = .object([("name", .text(header.label))] + Self.members(of: header.value))
    }

    /// `type` and `value`, with `base64` where the bytes are no text.
    static func members(of value: HeaderValue) -> [(String, JSONValue)] {
        switch value {
        case .bool(let value): [("type", .text("bool")), ("value", .bool(value))]
        case .int8(let value): integer("int8", value)
        case .uint8(let value): integer("uint8", value)
        case .int16(let value): integer("int16", value)
        case .uint16(let value): integer("uint16", value)
        case .int32(let value): integer("int32", value)
        case .uint32(let value): integer("uint32", value)
        case .int64(let value): integer("int64", value)
        case .uint64(let value): integer("uint64", value)
        case .float(let bits): [("type", .text("float")), ("value", .text("\(Float(bitPattern: bits))"))]
        case .double(let bits): [("type", .text("double")), ("value", .text("\(Double(bitPattern: bits))"))]
        case .decimal(let scale, let value): [("type", .text("decimal")), ("value", .text("\(value)e-\(scale)"))]
        case .timestamp(let seconds): integer("timestamp", seconds)
        case .string(let bytes): string(bytes)
        case .bytes(let bytes): [("type", .text("bytes")), ("value", .text(Base64.encode(bytes)))]
        case .array(let values):
            [("type", .text("array")), ("value", .array(values.map { .object(members(of: $0)) }))]
        case .table(let headers): [("type", .text("table")), ("value", .array(headers.map { JSONValue($0) }))]
        case .void: [("type", .text("void")), ("value", .null)]
        }
    }

    /// As text where JavaScript's numbers would round it.
    private static func integer(_ type: String, _ value: some BinaryInteger) -> [(String, JSONValue)] {
        let small = Int(exactly: value).flatMap { $0.magnitude < 1 << 53 ? $0 : nil }
        return [("type", .text(type)), ("value", small.map(JSONValue.number) ?? .text("\(value)"))]
    }

    private static func string(_ bytes: [UInt8]) -> [(String, JSONValue)] {
        let text = String(decoding: bytes, as: UTF8.self)
        let exact = text.utf8.elementsEqual(bytes)
        return [("type", .text("string")), ("value", .text(text))]
            + (exact ? [] : [("base64", .text(Base64.encode(bytes)))])
    }
}
