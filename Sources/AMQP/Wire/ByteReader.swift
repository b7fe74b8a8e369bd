/// Reads AMQP's big-endian fields from bytes; every read is checked and gives `nil` where bytes are missing.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private(set) var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position >= bytes.endIndex }

    private var remaining: Int { bytes.endIndex - position }

    mutating func read<Number: FixedWidthInteger>(_: Number.Type) -> Number? {
        let size = Number.bitWidth / 8
        guard remaining >= size else { return nil }
        var number: Number = 0
        for offset in 0..<size {
            number = (number << 8) | Number(truncatingIfNeeded: bytes[position + offset])
        }
        position += size
        return number
    }

    mutating func readBytes(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, remaining >= count else { return nil }
        defer { position += count }
        return bytes[position..<(position + count)]
    }

    mutating func readShortString() -> ShortString? {
        guard let count = read(UInt8.self), let text = readBytes(Int(count)) else { return nil }
        return ShortString(unchecked: text)
    }

    /// Bytes with a 32-bit length before them.
    mutating func readLongBytes() -> ArraySlice<UInt8>? {
        guard let count = read(UInt32.self) else { return nil }
        return readBytes(Int(count))
    }

    /// The type letter and the bytes of a value, whatever it is.
    mutating func readEncodedValue() -> ArraySlice<UInt8>? {
        let start = position
        guard let kind = read(UInt8.self), let size = valueSize(kind), readBytes(size) != nil else { return nil }
        return bytes[start..<position]
    }

    /// Bytes that follow a type letter, or `nil` for an unknown letter.
    private func valueSize(_ kind: UInt8) -> Int? {
        switch kind {
        case UInt8(ascii: "V"): return 0
        case UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: "B"): return 1
        case UInt8(ascii: "s"), UInt8(ascii: "u"): return 2
        case UInt8(ascii: "I"), UInt8(ascii: "i"), UInt8(ascii: "f"): return 4
        case UInt8(ascii: "D"): return 5
        case UInt8(ascii: "l"), UInt8(ascii: "L"), UInt8(ascii: "d"), UInt8(ascii: "T"): return 8
        case UInt8(ascii: "S"), UInt8(ascii: "x"), UInt8(ascii: "A"), UInt8(ascii: "F"):
            var ahead = self
            return ahead.read(UInt32.self).map { Int($0) + 4 }
        default: return nil
        }
    }

    /// The value at the position; `nil` if it is cut off or of an unknown type.
    ///
    /// - Parameter depth: the nesting level of the table or array that holds the value, from 1.
    mutating func readValue(depth: Int) -> FieldValue? {
        guard let kind = read(UInt8.self) else { return nil }
        switch kind {
        case UInt8(ascii: "t"): return read(UInt8.self).map { .bool($0 != 0) }
        case UInt8(ascii: "b"): return read(Int8.self).map { .int8($0) }
        case UInt8(ascii: "B"): return read(UInt8.self).map { .uint8($0) }
        case UInt8(ascii: "s"): return read(Int16.self).map { .int16($0) }
        case UInt8(ascii: "u"): return read(UInt16.self).map { .uint16($0) }
        case UInt8(ascii: "I"): return read(Int32.self).map { .int32($0) }
        case UInt8(ascii: "i"): return read(UInt32.self).map { .uint32($0) }
        case UInt8(ascii: "l"): return read(Int64.self).map { .int64($0) }
        case UInt8(ascii: "L"): return read(UInt64.self).map { .uint64($0) }
        case UInt8(ascii: "f"): return read(UInt32.self).map { .float(Float(bitPattern: $0)) }
        case UInt8(ascii: "d"): return read(UInt64.self).map { .double(Double(bitPattern: $0)) }
        case UInt8(ascii: "T"): return read(UInt64.self).map { .timestamp($0) }
        case UInt8(ascii: "S"): return readLongBytes().map { .string($0) }
        case UInt8(ascii: "x"): return readLongBytes().map { .bytes($0) }
        case UInt8(ascii: "V"): return .void
        case UInt8(ascii: "D"):
            guard let scale = read(UInt8.self), let value = read(UInt32.self) else { return nil }
            return .decimal(scale: scale, value: value)
        case UInt8(ascii: "A"):
            return readLongBytes().map { bytes in
                depth < FieldTable.maximumDepth ? .array(FieldArray(encoded: bytes, depth: depth + 1)) : .tooDeep
            }
        case UInt8(ascii: "F"):
            return readLongBytes().map { bytes in
                depth < FieldTable.maximumDepth ? .table(FieldTable(encoded: bytes, depth: depth + 1)) : .tooDeep
            }
        default: return nil
        }
    }
}
