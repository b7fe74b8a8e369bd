internal import AMQP
internal import Orders

extension HeaderValue {
    /// The value as it came, every type and bit; only what is nested deeper than the broker allows is lost.
    init(_ value: FieldValue) {
        self =
            switch value {
            case .bool(let value): .bool(value)
            case .int8(let value): .int8(value)
            case .uint8(let value): .uint8(value)
            case .int16(let value): .int16(value)
            case .uint16(let value): .uint16(value)
            case .int32(let value): .int32(value)
            case .uint32(let value): .uint32(value)
            case .int64(let value): .int64(value)
            case .uint64(let value): .uint64(value)
            case .float(let value): .float(bits: value.bitPattern)
            case .double(let value): .double(bits: value.bitPattern)
            case .decimal(let scale, let value): .decimal(scale: scale, value: value)
            case .timestamp(let value): .timestamp(value)
            case .string(let bytes): .string(Array(bytes))
            case .bytes(let bytes): .bytes(Array(bytes))
            case .array(let values): .array(values.map(HeaderValue.init))
            case .table(let table): .table(table.letterHeaders)
            case .void, .tooDeep: .void
            }
    }

    /// The value as AMQP sends it.
    var field: FieldValue {
        switch self {
        case .bool(let value): .bool(value)
        case .int8(let value): .int8(value)
        case .uint8(let value): .uint8(value)
        case .int16(let value): .int16(value)
        case .uint16(let value): .uint16(value)
        case .int32(let value): .int32(value)
        case .uint32(let value): .uint32(value)
        case .int64(let value): .int64(value)
        case .uint64(let value): .uint64(value)
        case .float(let bits): .float(Float(bitPattern: bits))
        case .double(let bits): .double(Double(bitPattern: bits))
        case .decimal(let scale, let value): .decimal(scale: scale, value: value)
        case .timestamp(let value): .timestamp(value)
        case .string(let bytes): .string(bytes[...])
        case .bytes(let bytes): .bytes(bytes[...])
        case .array(let values): .array(FieldArray(values.map(\.field)))
        case .table(let headers): .table(FieldTable(headers))
        case .void: .void
        }
    }
}

extension FieldTable {
    var letterHeaders: [LetterHeader] {
        map { LetterHeader(name: Array($0.name.bytes), value: HeaderValue($0.value)) }
    }

    /// A name that is too long for AMQP cannot have come from it, and is left out.
    init(_ headers: [LetterHeader]) {
        self.init()
        for header in headers {
            if let name = ShortString(bytes: header.name[...]) { append(name, header.value.field) }
        }
    }
}
