/// Reads the stored form of a message's head; everything is `nil` where the bytes do not fit.
struct HeadReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { index == bytes.count }

    mutating func byte() -> UInt8? { integer(UInt8.self) }

    private mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type) -> Value? {
        let size = Value.bitWidth / 8
        guard bytes.count - index >= size else { return nil }
        defer { index += size }
        return bytes[index..<(index + size)].reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
    }

    mutating func counted() -> [UInt8]? {
        guard let count = integer(UInt32.self).map(Int.init), bytes.count - index >= count else { return nil }
        defer { index += count }
        return Array(bytes[index..<(index + count)])
    }

    /// A text that may be absent: `.some(nil)` is one that is.
    mutating func optional() -> [UInt8]?? {
        switch byte() {
        case 0: .some(nil)
        case 1: counted().map { $0 }
        default: nil
        }
    }

    mutating func headers(depth: Int) -> [LetterHeader]? {
        guard depth <= LetterHead.depthLimit, let count = integer(UInt32.self) else { return nil }
        var headers: [LetterHeader] = []
        for _ in 0..<count {
            guard let name = counted(), let value = value(depth: depth) else { return nil }
            headers.append(LetterHeader(name: name, value: value))
        }
        return headers
    }

    private mutating func value(depth: Int) -> HeaderValue? {
        guard let letter = byte() else { return nil }
        return switch letter {
        case UInt8(ascii: "t"): byte().map { .bool($0 != 0) }
        case UInt8(ascii: "b"): integer(Int8.self).map(HeaderValue.int8)
        case UInt8(ascii: "B"): integer(UInt8.self).map(HeaderValue.uint8)
        case UInt8(ascii: "s"): integer(Int16.self).map(HeaderValue.int16)
        case UInt8(ascii: "u"): integer(UInt16.self).map(HeaderValue.uint16)
        case UInt8(ascii: "I"): integer(Int32.self).map(HeaderValue.int32)
        case UInt8(ascii: "i"): integer(UInt32.self).map(HeaderValue.uint32)
        case UInt8(ascii: "l"): integer(Int64.self).map(HeaderValue.int64)
        case UInt8(ascii: "L"): integer(UInt64.self).map(HeaderValue.uint64)
        case UInt8(ascii: "f"): integer(UInt32.self).map(HeaderValue.float)
        case UInt8(ascii: "d"): integer(UInt64.self).map(HeaderValue.double)
        case UInt8(ascii: "D"): decimal()
        case UInt8(ascii: "T"): integer(UInt64.self).map(HeaderValue.timestamp)
        case UInt8(ascii: "S"): counted().map(HeaderValue.string)
        case UInt8(ascii: "x"): counted().map(HeaderValue.bytes)
        case UInt8(ascii: "A"): array(depth: depth + 1)
        case UInt8(ascii: "F"): headers(depth: depth + 1).map(HeaderValue.table)
        case UInt8(ascii: "V"): .void
        default: nil
        }
    }

    private mutating func decimal() -> HeaderValue? {
        guard let scale = byte(), let value = integer(UInt32.self) else { return nil }
        return .decimal(scale: scale, value: value)
    }

    private mutating func array(depth: Int) -> HeaderValue? {
        guard depth <= LetterHead.depthLimit, let count = integer(UInt32.self) else { return nil }
        var values: [HeaderValue] = []
        for _ in 0..<count {
            guard let value = value(depth: depth) else { return nil }
            values.append(value)
        }
        return .array(values)
    }
}
