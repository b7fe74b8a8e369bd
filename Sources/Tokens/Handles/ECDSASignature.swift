/// The two spellings of a P-256 signature: two integers of 32 bytes (JWS), and DER (libcrypto).
///
/// Source: RFC 7518 §3.4; RFC 3279 §2.2.3.
enum ECDSASignature {
    static let rawBytes = 64

    /// Turns r ‖ s into DER; nil unless it is exactly 64 bytes.
    static func der(raw: [UInt8]) -> [UInt8]? {
        guard raw.count == rawBytes else { return nil }
        let body = integer(raw[..<32]) + integer(raw[32...])
        return [0x30, UInt8(body.count)] + body
    }

    /// Turns DER as libcrypto writes it into r ‖ s.
    static func raw(der: [UInt8]) -> [UInt8]? {
        guard der.count > 2, der[0] == 0x30, Int(der[1]) == der.count - 2 else { return nil }
        var rest = der[2...]
        guard let first = takeInteger(&rest), let second = takeInteger(&rest), rest.isEmpty else { return nil }
        return first + second
    }

    /// At most 33 bytes of content, so that every length fits in one byte.
    private static func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var digits = Array(bytes.drop { $0 == 0 })
        if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
        return [0x02, UInt8(digits.count)] + digits
    }

    private static func takeInteger(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard rest.popFirst() == 0x02, let length = rest.popFirst(), rest.count >= Int(length) else { return nil }
        let digits = rest.prefix(Int(length)).drop { $0 == 0 }
        rest = rest.dropFirst(Int(length))
        return digits.count <= 32 ? [UInt8](repeating: 0, count: 32 - digits.count) + digits : nil
    }
}
