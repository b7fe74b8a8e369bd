/// AMQP's big-endian fields, written at the end of a buffer.
extension RangeReplaceableCollection<UInt8> {
    mutating func append<Number: FixedWidthInteger>(bigEndian number: Number) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }

    mutating func append(_ text: ShortString) {
        append(UInt8(truncatingIfNeeded: text.bytes.count))
        append(contentsOf: text.bytes)
    }

    /// A 32-bit length and the bytes.
    mutating func append(longBytes bytes: ArraySlice<UInt8>) {
        append(bigEndian: UInt32(truncatingIfNeeded: bytes.count))
        append(contentsOf: bytes)
    }

    private mutating func append<Number: FixedWidthInteger>(_ kind: Unicode.Scalar, _ number: Number) {
        append(UInt8(ascii: kind))
        append(bigEndian: number)
    }

    private mutating func append(_ kind: Unicode.Scalar, _ bytes: ArraySlice<UInt8>) {
        append(UInt8(ascii: kind))
        append(longBytes: bytes)
    }

    /// The type letter and the value.
    ///
    /// What was too deep to be read is written as void.
    mutating func append(_ value: FieldValue) {
        switch value {
        case .bool(let value): append("t", value ? 1 : 0 as UInt8)
        case .int8(let value): append("b", value)
        case .uint8(let value): append("B", value)
        case .int16(let value): append("s", value)
        case .uint16(let value): append("u", value)
        case .int32(let value): append("I", value)
        case .uint32(let value): append("i", value)
        case .int64(let value): append("l", value)
        case .uint64(let value): append("L", value)
        case .float(let value): append("f", value.bitPattern)
        case .double(let value): append("d", value.bitPattern)
        case .decimal(let scale, let value):
            append("D", scale)
            append(bigEndian: value)
        case .timestamp(let value): append("T", value)
        case .string(let value): append("S", value)
        case .bytes(let value): append("x", value)
        case .array(let value): append("A", value.encoded)
        case .table(let value): append("F", value.encoded)
        case .void, .tooDeep: append(UInt8(ascii: "V"))
        }
    }
}
