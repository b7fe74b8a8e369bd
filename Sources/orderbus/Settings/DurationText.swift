/// Durations as people write them: `500ms`, `15s`, `2m`, `1h`, `30d`.
package enum DurationText {
    /// In seconds.
    private static let longest: Int64 = 36_500 * 86_400

    /// Reads a whole number and its unit; nil where it is anything else, or longer than a hundred years.
    package static func parse(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), number <= longest * 1000 else { return nil }
        let duration: Duration
        switch text.dropFirst(digits.count) {
        case "ms": duration = .milliseconds(number)
        case "s": duration = .seconds(number)
        case "m": duration = .seconds(number * 60)
        case "h": duration = .seconds(number * 3600)
        case "d": duration = .seconds(number * 86_400)
        default: return nil
        }
        return duration <= .seconds(longest) ? duration : nil
    }

    /// Writes a duration in the largest unit that needs no fraction; below a millisecond is cut.
    package static func text(_ duration: Duration) -> String {
        let milliseconds = Int64(duration / .milliseconds(1))
        if milliseconds % 1000 != 0 { return "\(milliseconds)ms" }
        let seconds = milliseconds / 1000
        if seconds == 0 || seconds % 60 != 0 { return "\(seconds)s" }
        if seconds % 3600 != 0 { return "\(seconds / 60)m" }
        return seconds % 86_400 == 0 ? "\(seconds / 86_400)d" : "\(seconds / 3600)h"
    }
}
