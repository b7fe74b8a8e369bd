/// A moment in UTC with the precision that the contract shows: milliseconds since 1970.
package struct Timestamp: Sendable, Hashable, Comparable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with three decimals: `2025-12-26T21:45:10.123Z`.
    package var description: String {
        String(decoding: utf8, as: UTF8.self)
    }

    /// The bytes of ``description``; right for the years 0 to 9999.
    package var utf8: [UInt8] {
        let (days, milliseconds) = milliseconds.flooredDivision(by: 86_400_000)
        let date = CivilDate(daysSince1970: days)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        text.append(date.year, digits: 4, then: "-")
        text.append(date.month, digits: 2, then: "-")
        text.append(date.day, digits: 2, then: "T")
        text.append(milliseconds / 3_600_000, digits: 2, then: ":")
        text.append(milliseconds / 60_000 % 60, digits: 2, then: ":")
        text.append(milliseconds / 1000 % 60, digits: 2, then: ".")
        text.append(milliseconds % 1000, digits: 3, then: "Z")
        return text
    }
}

extension Timestamp {
    /// Reads a text that ``description`` wrote, and nothing else.
    package init?(_ text: String) {
        let digits = Array(text.utf8)
        let form = Array("dddd-dd-ddTdd:dd:dd.dddZ".utf8)
        guard digits.count == form.count else { return nil }
        var numbers: [Int64] = [0]
        for (digit, place) in zip(digits, form) {
            if place == UInt8(ascii: "d") {
                guard (0x30...0x39).contains(digit) else { return nil }
                numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int64(digit - 0x30)
            } else {
                guard digit == place else { return nil }
                numbers.append(0)
            }
        }
        let days = CivilDate(year: numbers[0], month: numbers[1], day: numbers[2]).daysSince1970
        let seconds = (numbers[3] * 60 + numbers[4]) * 60 + numbers[5]
        self.init(milliseconds: (days * 86_400 + seconds) * 1000 + numbers[6])
        // What does not come out as it went in was no such moment: the 30th of February, the 25th hour.
        guard utf8 == digits else { return nil }
    }
}

/// A day of the proleptic Gregorian calendar, counted in years that begin in March so that leap days come last.
private struct CivilDate {
    let year: Int64
    let month: Int64
    let day: Int64

    init(daysSince1970 days: Int64) {
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    init(year: Int64, month: Int64, day: Int64) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Right for months 1 to 12; for others some day.
    var daysSince1970: Int64 {
        let (era, yearOfEra) = (year - (month <= 2 ? 1 : 0)).flooredDivision(by: 400)
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ value: Int64, digits: Int, then separator: Unicode.Scalar) {
        var divisor: Int64 = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            append(0x30 + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
        append(UInt8(truncatingIfNeeded: separator.value))
    }
}
