/// The exact value of a number: ± digits × 10^exponent, the digits beginning and ending with another digit than 0.
///
/// Numerically equal spellings have equal digits and exponents; binary floating point has no part in it.
struct JSONDecimal {
    /// Beyond this either way a number is refused, so that exponents can be counted in machine integers.
    static let largestExponent = 1_000_000_000_000_000

    let isNegative: Bool
    /// The significant digits, the decimal point perhaps among them; empty for zero.
    let significand: ArraySlice<UInt8>
    /// How many significant digits there are; 0 for zero.
    let digitCount: Int
    /// The power of ten that the digits, read as an integer, are multiplied with.
    let exponent: Int

    /// Reads a well-formed number.
    ///
    /// - Returns: nil where the exponent exceeds ``largestExponent``.
    init?(_ bytes: [UInt8], from start: Int, to end: Int) {
        var index = start
        isNegative = start < end && bytes[start] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var seen = 0
        var fraction = 0
        var isFraction = false
        var first: (offset: Int, ordinal: Int)?
        var last = (offset: start, ordinal: 0)
        while index < end, bytes[index] | 0x20 != UInt8(ascii: "e") {
            if bytes[index] == UInt8(ascii: ".") {
                isFraction = true
            } else {
                if bytes[index] != UInt8(ascii: "0") {
                    last = (index, seen)
                    first = first ?? last
                }
                seen += 1
                fraction += isFraction ? 1 : 0
            }
            index += 1
        }
        guard let first else {
            (significand, digitCount, exponent) = ([], 0, 0)
            return
        }
        significand = bytes[first.offset...last.offset]
        digitCount = last.ordinal - first.ordinal + 1
        exponent = Self.exponent(bytes[index..<end]) - fraction + (seen - 1 - last.ordinal)
        guard exponent.magnitude <= Self.largestExponent.magnitude else { return nil }
    }

    /// The value of `e-12` and the like, 0 for nothing; beyond what is allowed it stays beyond.
    private static func exponent(_ lexeme: ArraySlice<UInt8>) -> Int {
        var value = 0
        for byte in lexeme where byte &- UInt8(ascii: "0") < 10 {
            value = min(value * 10 + Int(byte &- UInt8(ascii: "0")), largestExponent * 100)
        }
        return lexeme.dropFirst().first == UInt8(ascii: "-") ? -value : value
    }

    /// The value as an integer of 64 bits; nil where it has a fraction or does not fit.
    var asInt64: Int64? {
        guard exponent >= 0, digitCount + exponent <= 19 else { return nil }
        var value: Int64 = 0
        func push(_ digit: UInt8) -> Bool {
            let (shifted, first) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(digit)
            let (sum, second) = shifted.addingReportingOverflow(isNegative ? -digit : digit)
            value = sum
            return !first && !second
        }
        for byte in significand where byte != UInt8(ascii: ".") {
            guard push(byte &- UInt8(ascii: "0")) else { return nil }
        }
        for _ in 0..<exponent {
            guard push(0) else { return nil }
        }
        return value
    }
}
