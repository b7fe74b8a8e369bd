extension [UInt8] {
    /// Appends a number in decimal digits.
    mutating func appendDecimal(_ value: some FixedWidthInteger) {
        if value < 0 {
            append(UInt8(ascii: "-"))
        }
        appendPadded(value.magnitude, width: 1)
    }

    /// Appends a number that is not negative in at least `width` digits, with zeros before it.
    mutating func appendPadded(_ value: some FixedWidthInteger, width: Int) {
        let start = count
        var rest = value.magnitude
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
            rest = quotient
        } while rest != 0 || count - start < width
        self[start...].reverse()
    }

    /// Appends a duration as milliseconds with three decimals, for example `1.234`; what is shorter than 1 µs is cut.
    mutating func appendMilliseconds(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let microseconds = overflow ? Int64.max : whole &+ attoseconds / 1_000_000_000_000
        if microseconds < 0 {
            append(UInt8(ascii: "-"))
        }
        appendPadded(microseconds.magnitude / 1000, width: 1)
        append(UInt8(ascii: "."))
        appendPadded(microseconds.magnitude % 1000, width: 3)
    }
}
