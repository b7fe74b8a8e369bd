import OrderTestKit

/// A value that can be spelt in many ways.
indirect enum RandomJSON: Equatable {
    case null
    case bool(Bool)
    /// An integer times a power of ten.
    case number(Int, exponent: Int)
    case string(String)
    case array([RandomJSON])
    case object([String: RandomJSON])

    static func make(depth: Int, using random: inout SeededGenerator) -> RandomJSON {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2, 3: return number(using: &random)
        case 4: return .string(text(using: &random))
        case 5:
            return .array(
                (0..<Int.random(in: 0..<5, using: &random)).map { _ in make(depth: depth - 1, using: &random) }
            )
        default:
            var members: [String: RandomJSON] = [:]
            for _ in 0..<Int.random(in: 0..<16, using: &random) {
                members[text(using: &random)] = make(depth: depth - 1, using: &random)
            }
            return .object(members)
        }
    }

    /// Never divisible by ten, so that equal values are equal cases.
    private static func number(using random: inout SeededGenerator) -> RandomJSON {
        let digits = Int.random(in: -99_999...99_999, using: &random)
        if digits == 0 { return .number(0, exponent: 0) }
        return .number(digits % 10 == 0 ? digits + 1 : digits, exponent: Int.random(in: -30...30, using: &random))
    }

    private static func text(using random: inout SeededGenerator) -> String {
        // Without combining characters: Swift's strings are equal by canonical equivalence, JSON's are not.
        let alphabet: [Unicode.Scalar] = ["a", "b", "/", "\"", "\\", "\n", "\u{0}", "\u{1F}", "ß", "€", "𝄞", " "]
        return String(
            String.UnicodeScalarView(
                (0..<Int.random(in: 0..<6, using: &random)).map { _ in
                    alphabet.randomElement(using: &random) ?? "a"
                }
            )
        )
    }
}
