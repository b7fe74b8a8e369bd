extension JSONParser {
    /// Reads a number that begins with a minus sign or a digit.
    ///
    /// Source: RFC 8259 §6.
    mutating func number() throws(JSONError) {
        let start = offset
        if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        if peek() == UInt8(ascii: "0") {
            offset += 1
        } else {
            try digits()
        }
        if peek() == UInt8(ascii: ".") {
            offset += 1
            try digits()
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            offset += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { offset += 1 }
            try digits()
            guard JSONDecimal(bytes, from: start, to: offset) != nil else {
                throw JSONError(reason: .numberOutOfRange, offset: start)
            }
        }
        // `01`, `1.2.3`, `1a`: what runs on after a number is part of a malformed one.
        switch peek() {
        case .some(UInt8(ascii: "0")...UInt8(ascii: "9")), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"):
            throw failure(.invalidNumber)
        default:
            append(.number, from: start, to: offset)
        }
    }

    private mutating func digits() throws(JSONError) {
        let start = offset
        while offset < bytes.count, bytes[offset] &- UInt8(ascii: "0") < 10 { offset += 1 }
        guard offset > start else { throw failure(offset == bytes.count ? .unexpectedEnd : .invalidNumber) }
    }

    private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }
}
