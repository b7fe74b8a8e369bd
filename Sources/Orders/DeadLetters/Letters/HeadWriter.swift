/// Writes the stored form of a message's head.
struct HeadWriter {
    var bytes: [UInt8] = []

    static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }

    mutating func write(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(counted text: [UInt8]) {
        write(UInt32(truncatingIfNeeded: text.count))
        bytes.append(contentsOf: text)
    }

    mutating func write(optional text: [UInt8]?) {
        bytes.append(text == nil ? 0 : 1)
        if let text { write(counted: text) }
    }

    mutating func write(_ headers: [LetterHeader]) {
        write(UInt32(truncatingIfNeeded: headers.count))
        for header in headers {
            write(counted: header.name)
            write(header.value)
        }
    }

    private mutating func write(_ value: HeaderValue) {
        bytes.append(value.letter)
        switch value {
        case .bool(let value): write(UInt8(value ? 1 : 0))
        case .int8(let value): write(value)
        case .uint8(let value): write(value)
        case .int16(let value): write(value)
        case .uint16(let value): write(value)
        case .int32(let value): write(value)
        case .uint32(let value), .float(let value): write(value)
        case .int64(let value): write(value)
        case .uint64(let value), .double(let value), .timestamp(let value): write(value)
        case .decimal(let scale, let value):
            write(scale)
            write(value)
        case .string(let text), .bytes(let text): write(counted: text)
        case .array(let values):
            write(UInt32(truncatingIfNeeded: values.count))
            for value in values { write(value) }
        case .table(let headers): write(headers)
        case .void: break
        }
    }
}

extension HeaderValue {
    /// AMQP's letter for the type, as RabbitMQ uses them.
    package var letter: UInt8 {
        switch self {
        case .bool: UInt8(ascii: "t")
        case .int8: UInt8(ascii: "b")
        case .uint8: UInt8(ascii: "B")
        case .int16: UInt8(ascii: "s")
        case .uint16: UInt8(ascii: "u")
        case .int32: UInt8(ascii: "I")
        case .uint32: UInt8(ascii: "i")
        case .int64: UInt8(ascii: "l")
        case .uint64: UInt8(ascii: "L")
        case .float: UInt8(ascii: "f")
        case .double: UInt8(ascii: "d")
        case .decimal: UInt8(ascii: "D")
        case .timestamp: UInt8(ascii: "T")
        case .string: UInt8(ascii: "S")
        case .bytes: UInt8(ascii: "x")
        case .array: UInt8(ascii: "A")
        case .table: UInt8(ascii: "F")
        case .void: UInt8(ascii: "V")
        }
    }
}
