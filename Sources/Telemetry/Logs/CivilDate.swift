/// A day of the proleptic Gregorian calendar.
struct CivilDate: Equatable {
    let year: Int64
    /// 1…12.
    let month: Int64
    /// 1…31.
    let day: Int64

    /// Works a day count out, in years that begin in March so that the leap day is a year's last.
    init(daysSince1970 days: Int64) {
        // 719 468 days lie between 0000-03-01 and 1970-01-01; 400 years always have 146 097 days.
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let leapDaysBefore = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leapDaysBefore) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        // From March on, five months have 153 days, twice over, in the same pattern.
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}

extension Int64 {
    /// Quotient rounded down and a remainder that is never negative.
    func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
