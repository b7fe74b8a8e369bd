/// Writes moments as RFC 3339 UTC with milliseconds, and remembers the last second's text.
///
/// Records come in bursts within one second, so the calendar is worked out once a second and not once a record.
struct TimestampText: Sendable {
    private var second: Int64?
    private var text: [UInt8] = []

    /// Appends for example `2025-12-26T21:45:10.123Z`.
    ///
    /// Years outside 0000…9999, which no correct clock shows, are written as the nearest of those moments.
    mutating func append(_ time: WallTime, to bytes: inout [UInt8]) {
        if second != time.seconds {
            remember(time.seconds)
        }
        bytes.append(contentsOf: text)
        let milliseconds = UInt8.three(Int(time.nanoseconds) / 1_000_000)
        bytes.append(milliseconds.0)
        bytes.append(milliseconds.1)
        bytes.append(milliseconds.2)
        bytes.append(UInt8(ascii: "Z"))
    }

    private mutating func remember(_ seconds: Int64) {
        let clamped = min(max(seconds, -62_167_219_200), 253_402_300_799)
        let (day, secondOfDay) = clamped.flooredDivision(by: 86_400)
        let date = CivilDate(daysSince1970: day)
        text.removeAll(keepingCapacity: true)
        text.appendPadded(date.year, width: 4)
        text.append(UInt8(ascii: "-"))
        text.appendPadded(date.month, width: 2)
        text.append(UInt8(ascii: "-"))
        text.appendPadded(date.day, width: 2)
        text.append(UInt8(ascii: "T"))
        text.appendPadded(secondOfDay / 3600, width: 2)
        text.append(UInt8(ascii: ":"))
        text.appendPadded(secondOfDay / 60 % 60, width: 2)
        text.append(UInt8(ascii: ":"))
        text.appendPadded(secondOfDay % 60, width: 2)
        text.append(UInt8(ascii: "."))
        second = seconds
    }
}

extension UInt8 {
    /// The last three decimal digits of a number that is not negative.
    fileprivate static func three(_ value: Int) -> (UInt8, UInt8, UInt8) {
        let last = UInt8(truncatingIfNeeded: value % 10)
        let middle = UInt8(truncatingIfNeeded: value / 10 % 10)
        let first = UInt8(truncatingIfNeeded: value / 100 % 10)
        return (48 + first, 48 + middle, 48 + last)
    }
}
