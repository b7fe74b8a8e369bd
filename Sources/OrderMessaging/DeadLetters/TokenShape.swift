internal import AMQP

/// What looks like a signed token (RFC 7515, compact serialisation), wherever its sender put it.
enum TokenShape {
    /// Whether a header's value is a token, or has one within.
    static func isFound(in value: FieldValue) -> Bool {
        value.carriedBytes.map { isFound(in: $0) } ?? false
    }

    /// Whether there are three segments of base64url with dots between them, of which the first is JSON: `eyJ` is `{"`.
    static func isFound(in bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while let start = rest.firstIndex(of: UInt8(ascii: "e")) {
            rest = rest[start...]
            if rest.starts(with: "eyJ".utf8), isToken(rest) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    /// Shorter ones are no token that anybody signed.
    private static let shortestSegment = 16

    private static func isToken(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        for isLast in [false, false, true] {
            let segment = rest.prefix(while: isDigit)
            guard segment.count >= shortestSegment else { return false }
            rest = rest[segment.endIndex...]
            if isLast { return true }
            guard rest.first == UInt8(ascii: ".") else { return false }
            rest = rest.dropFirst()
        }
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}

extension FieldTable {
    /// Without the headers that hold a token, or should: it is never kept with a dead letter.
    var withoutTokens: FieldTable {
        var headers = FieldTable()
        for entry in self where !HeaderName.isAuthorization(entry.name.bytes) && !TokenShape.isFound(in: entry.value) {
            headers.append(entry.name, entry.value)
        }
        return headers
    }
}
