extension JSONParser {
    /// Reads a string whose opening quotation mark is next.
    ///
    /// Source: RFC 8259 §7.
    mutating func string() throws(JSONError) {
        offset += 1
        let start = offset
        var isEscaped = false
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                append(.string, from: start, to: offset, isEscaped: isEscaped)
                offset += 1
                return
            case UInt8(ascii: "\\"):
                isEscaped = true
                try escape()
            case 0x00..<0x20:
                throw failure(.controlCharacter)
            case 0x20..<0x80:
                offset += 1
            default:
                try multiByteScalar(first: byte)
            }
        }
        throw failure(.unexpectedEnd)
    }

    private mutating func escape() throws(JSONError) {
        guard offset + 1 < bytes.count else { throw JSONError(reason: .unexpectedEnd, offset: bytes.count) }
        switch bytes[offset + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 2
        case UInt8(ascii: "u"):
            try unicodeEscape()
        default:
            throw failure(.invalidEscape)
        }
    }

    private mutating func unicodeEscape() throws(JSONError) {
        let unit = try codeUnit(at: offset)
        switch unit {
        case 0xD800..<0xDC00:
            guard offset + 7 < bytes.count, bytes[offset + 6] == UInt8(ascii: "\\"),
                bytes[offset + 7] == UInt8(ascii: "u"), case 0xDC00..<0xE000 = try codeUnit(at: offset + 6)
            else { throw failure(.loneSurrogate) }
            offset += 12
        case 0xDC00..<0xE000:
            throw failure(.loneSurrogate)
        default:
            offset += 6
        }
    }

    private func codeUnit(at escape: Int) throws(JSONError) -> UInt32 {
        guard escape + 6 <= bytes.count else { throw JSONError(reason: .unexpectedEnd, offset: bytes.count) }
        guard let unit = JSONEscape.codeUnit(bytes[escape + 2..<escape + 6]) else { throw failure(.invalidEscape) }
        return unit
    }

    /// Passes over one scalar of two to four bytes.
    ///
    /// The second byte's range excludes overlong forms, surrogates and what lies beyond U+10FFFF.
    /// Source: The Unicode Standard, table 3-7.
    private mutating func multiByteScalar(first: UInt8) throws(JSONError) {
        let second: ClosedRange<UInt8>
        let length: Int
        switch first {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw failure(.invalidUTF8)
        }
        guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { throw failure(.invalidUTF8) }
        for index in offset + 2..<offset + length where bytes[index] & 0xC0 != 0x80 {
            throw failure(.invalidUTF8)
        }
        offset += length
    }
}
