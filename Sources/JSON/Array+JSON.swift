/// Writing JSON straight into bytes, without a tree.
extension [UInt8] {
    /// Appends JSON, or anything else, as it stands.
    package mutating func appendLiteral(_ text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }

    /// Appends a string with its quotation marks, escaped where JSON demands it and nowhere else.
    package mutating func appendJSONString(_ text: String) {
        var text = text
        text.withUTF8 { appendJSONString(utf8: $0) }
    }

    /// Appends a string given as UTF-8, which is not checked again: such as ``JSONNode/utf8``.
    package mutating func appendJSONString(utf8 text: ArraySlice<UInt8>) {
        text.withUnsafeBufferPointer { appendJSONString(utf8: $0) }
    }

    private mutating func appendJSONString(utf8 text: UnsafeBufferPointer<UInt8>) {
        append(UInt8(ascii: "\""))
        if text.contains(where: Self.mustBeEscaped) {
            for byte in text { appendEscaped(byte) }
        } else {
            append(contentsOf: text)
        }
        append(UInt8(ascii: "\""))
    }

    /// Appends an array of objects whose members are strings, in their order.
    ///
    /// - Parameter objects: names need no escapes.
    package mutating func appendJSONObjects(_ objects: [KeyValuePairs<StaticString, String>]) {
        append(UInt8(ascii: "["))
        for (index, members) in objects.enumerated() {
            appendLiteral(index > 0 ? ",{" : "{")
            for (position, (name, value)) in members.enumerated() {
                appendLiteral(position > 0 ? ",\"" : "\"")
                appendLiteral(name)
                appendLiteral("\":")
                appendJSONString(value)
            }
            append(UInt8(ascii: "}"))
        }
        append(UInt8(ascii: "]"))
    }

    /// Appends an integer in decimal digits.
    package mutating func appendJSONInteger(_ value: Int) {
        if value < 0 { append(UInt8(ascii: "-")) }
        var first = count
        var rest = value.magnitude
        repeat {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        var last = count - 1
        while first < last {
            swapAt(first, last)
            first += 1
            last -= 1
        }
    }

    private static func mustBeEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): appendLiteral("\\\"")
        case UInt8(ascii: "\\"): appendLiteral("\\\\")
        case 0x08: appendLiteral("\\b")
        case 0x09: appendLiteral("\\t")
        case 0x0A: appendLiteral("\\n")
        case 0x0C: appendLiteral("\\f")
        case 0x0D: appendLiteral("\\r")
        case 0x00..<0x10:
            appendLiteral("\\u000")
            append(Self.hexadecimal(byte))
        case 0x10..<0x20:
            appendLiteral("\\u001")
            append(Self.hexadecimal(byte & 0x0F))
        default:
            append(byte)
        }
    }

    private static func hexadecimal(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + (nibble - 10)
    }
}
