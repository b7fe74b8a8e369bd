/// Walks through a field value.
struct FieldScanner {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { index >= bytes.count }

    func isAt(_ scalar: Unicode.Scalar) -> Bool {
        index < bytes.count && bytes[index] == UInt8(truncatingIfNeeded: scalar.value)
    }

    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard isAt(scalar) else { return false }
        index += 1
        return true
    }

    mutating func skipWhitespace() {
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    }

    /// At least one token character, or `nil` with nothing consumed.
    mutating func token() -> String? {
        let start = index
        while index < bytes.count, HTTPToken.isTokenByte(bytes[index]) { index += 1 }
        return start < index ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
    }

    /// A quoted string's content, or `nil` if none begins here or it does not end.
    ///
    /// - Parameter isEscapable: what may stand behind a backslash; by default everything.
    /// Source: RFC 9110 §5.6.4.
    mutating func quoted(escaping isEscapable: (UInt8) -> Bool = { _ in true }) -> String? {
        guard skip("\"") else { return nil }
        var content: [UInt8] = []
        while index < bytes.count {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: content, as: UTF8.self) }
            if byte == UInt8(ascii: "\\") {
                guard index < bytes.count, isEscapable(bytes[index]) else { return nil }
                byte = bytes[index]
                index += 1
            }
            content.append(byte)
        }
        return nil
    }

    mutating func tokenOrQuoted() -> String? {
        isAt("\"") ? quoted() : token()
    }

    /// What is left.
    var rest: ArraySlice<UInt8> { bytes[index...] }
}
