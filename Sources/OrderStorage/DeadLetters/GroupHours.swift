internal import Orders

/// The hours of a group's inflow, counted from 1970.
struct GroupHours {
    let first: Int64
    let last: Int64

    init(_ filter: GroupFilter, at time: Timestamp) {
        last = time.milliseconds / 3_600_000
        first = last - Int64(min(max(filter.inflowHours, 1), GroupFilter.inflowHourLimit)) + 1
    }

    var start: Timestamp { Timestamp(milliseconds: first * 3_600_000) }

    /// The arrivals by hour, from `hour:count,hour:count`.
    func inflow(_ text: String?) -> [Int] {
        var inflow = [Int](repeating: 0, count: Int(last - first) + 1)
        for part in (text ?? "").split(separator: ",") {
            let numbers = part.split(separator: ":").compactMap { Int64($0) }
            guard numbers.count == 2, (first...last).contains(numbers[0]) else { continue }
            inflow[Int(numbers[0] - first)] += Int(clamping: numbers[1])
        }
        return inflow
    }
}
