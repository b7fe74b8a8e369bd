extension JSONDecimal {
    /// Up to this many digits before the point, or zeros after it, a number is filled up with zeros.
    private static let plainDigits = 21

    /// Appends the one spelling that all spellings of this value share.
    ///
    /// At most some twenty bytes longer than any other spelling, whatever the exponent: what would take more zeros is
    /// written as its digits, `e` and the exponent.
    func appendCanonical(to output: inout [UInt8]) {
        guard digitCount > 0 else { return output.append(UInt8(ascii: "0")) }
        if isNegative { output.append(UInt8(ascii: "-")) }
        let integerDigits = digitCount + exponent
        if exponent == 0 || exponent > 0 && integerDigits <= Self.plainDigits {
            appendDigits(to: &output)
            output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: exponent))
        } else if exponent < 0, integerDigits > 0 {
            appendDigits(to: &output, pointAfter: integerDigits)
        } else if exponent < 0, -integerDigits <= Self.plainDigits {
            output.appendLiteral("0.")
            output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -integerDigits))
            appendDigits(to: &output)
        } else {
            appendDigits(to: &output)
            output.append(UInt8(ascii: "e"))
            output.appendJSONInteger(exponent)
        }
    }

    private func appendDigits(to output: inout [UInt8], pointAfter: Int? = nil) {
        var written = 0
        for byte in significand where byte != UInt8(ascii: ".") {
            if written == pointAfter { output.append(UInt8(ascii: ".")) }
            output.append(byte)
            written += 1
        }
    }
}
