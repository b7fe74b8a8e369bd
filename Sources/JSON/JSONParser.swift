/// Reads a text into a flat list of entries, in one pass and without recursion.
struct JSONParser {
    enum Expectation {
        case value, elementOrEnd, nameOrEnd, separatorOrEnd
    }

    private static let noContainer = UInt32.max

    let bytes: [UInt8]
    private let limits: JSONLimits
    private(set) var tape: [JSONTapeEntry] = []
    var offset = 0
    /// The innermost container being read.
    private var container = Self.noContainer
    private var depth = 0

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func parse() throws(JSONError) {
        guard bytes.count <= limits.maxBytes else { throw JSONError(reason: .tooLong, offset: limits.maxBytes) }
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { throw failure(.byteOrderMark) }
        // An order has an entry for every ten bytes or so; more is grown into when needed.
        tape.reserveCapacity(min(bytes.count / 8, 512) + 4)
        var expectation = Expectation.value
        while expectation != .separatorOrEnd || container != Self.noContainer {
            let byte = try nextToken()
            switch expectation {
            case .value: expectation = try beginValue(byte)
            case .elementOrEnd: expectation = try elementOrEnd(byte)
            case .nameOrEnd: expectation = try nameOrEnd(byte)
            case .separatorOrEnd: expectation = try separatorOrEnd(byte)
            }
        }
        skipWhiteSpace()
        guard offset == bytes.count else { throw failure(.trailingBytes) }
    }

    private mutating func beginValue(_ byte: UInt8) throws(JSONError) -> Expectation {
        switch byte {
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "{"): return try open(.object, thenExpect: .nameOrEnd)
        case UInt8(ascii: "["): return try open(.array, thenExpect: .elementOrEnd)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        case UInt8(ascii: "t"): try literal("true", .true)
        case UInt8(ascii: "f"): try literal("false", .false)
        case UInt8(ascii: "n"): try literal("null", .null)
        default: throw failure(.unexpectedByte)
        }
        return .separatorOrEnd
    }

    private mutating func elementOrEnd(_ byte: UInt8) throws(JSONError) -> Expectation {
        if byte == UInt8(ascii: "]") { return close() }
        tape[Int(container)].count += 1
        return try beginValue(byte)
    }

    private mutating func nameOrEnd(_ byte: UInt8) throws(JSONError) -> Expectation {
        if byte == UInt8(ascii: "}") { return close() }
        return try name(byte)
    }

    private mutating func name(_ byte: UInt8) throws(JSONError) -> Expectation {
        guard byte == UInt8(ascii: "\"") else { throw failure(.unexpectedByte) }
        try string()
        guard try nextToken() == UInt8(ascii: ":") else { throw failure(.unexpectedByte) }
        offset += 1
        tape[Int(container)].count += 1
        return .value
    }

    private mutating func separatorOrEnd(_ byte: UInt8) throws(JSONError) -> Expectation {
        let isObject = tape[Int(container)].kind == .object
        switch (byte, isObject) {
        case (UInt8(ascii: ","), true):
            offset += 1
            return try name(try nextToken())
        case (UInt8(ascii: ","), false):
            offset += 1
            tape[Int(container)].count += 1
            return .value
        case (UInt8(ascii: "}"), true):
            if let twice = JSONDuplicates.firstDuplicate(ofObjectAt: Int(container), in: tape, bytes: bytes) {
                throw JSONError(reason: .duplicateMember, offset: twice)
            }
            return close()
        case (UInt8(ascii: "]"), false):
            return close()
        default:
            throw failure(.unexpectedByte)
        }
    }

    private mutating func open(_ kind: JSONKind, thenExpect: Expectation) throws(JSONError) -> Expectation {
        guard depth < limits.maxDepth else { throw failure(.tooDeep) }
        depth += 1
        let index = UInt32(truncatingIfNeeded: tape.count)
        append(kind, from: offset, to: offset)
        tape[Int(index)].next = container
        container = index
        offset += 1
        return thenExpect
    }

    private mutating func close() -> Expectation {
        offset += 1
        depth -= 1
        let index = Int(container)
        container = tape[index].next
        tape[index].next = UInt32(truncatingIfNeeded: tape.count)
        tape[index].end = UInt32(truncatingIfNeeded: offset)
        return .separatorOrEnd
    }

    private mutating func literal(_ text: StaticString, _ kind: JSONKind) throws(JSONError) {
        let start = offset
        for index in 0..<text.utf8CodeUnitCount {
            guard offset < bytes.count else { throw failure(.unexpectedEnd) }
            guard bytes[offset] == text.withUTF8Buffer({ $0[index] }) else { throw failure(.unexpectedByte) }
            offset += 1
        }
        append(kind, from: start, to: offset)
    }

    // A text is at most 1 GiB (JSONLimits), so that every offset and index fits in 32 bits.
    mutating func append(_ kind: JSONKind, from start: Int, to end: Int, isEscaped: Bool = false) {
        tape.append(
            JSONTapeEntry(
                kind: kind,
                isEscaped: isEscaped,
                start: UInt32(truncatingIfNeeded: start),
                end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: tape.count + 1)
            )
        )
    }

    private mutating func nextToken() throws(JSONError) -> UInt8 {
        skipWhiteSpace()
        guard offset < bytes.count else { throw failure(.unexpectedEnd) }
        return bytes[offset]
    }

    private mutating func skipWhiteSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    func failure(_ reason: JSONError.Reason) -> JSONError { JSONError(reason: reason, offset: offset) }
}
