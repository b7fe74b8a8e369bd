/// Names that nobody else has: 128 random bits as 32 hexadecimal digits.
package enum RandomName {
    package static func make() -> String {
        (0..<2).map { _ in
            let digits = String(UInt64.random(in: .min ... .max), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
