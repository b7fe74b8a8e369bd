/// The id that a request is known by in reply, event and log.
enum RequestID {
    /// Whether a sender's id may be used as it is: `^[A-Za-z0-9._~-]{8,128}$`.
    static func isWellFormed(_ text: ArraySlice<UInt8>) -> Bool {
        (8...128).contains(text.count) && text.allSatisfy(isAllowed)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: true
        default: false
        }
    }

    /// A new one: 26 random digits.
    static func make() -> String {
        let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        var random = UInt128(UInt64.random(in: .min ... .max)) << 64 | UInt128(UInt64.random(in: .min ... .max))
        return String(unsafeUninitializedCapacity: 26) { text in
            for position in 0..<26 {
                text[position] = digits[Int(truncatingIfNeeded: random & 31)]
                random >>= 5
            }
            return 26
        }
    }
}
