/// How far a long command has come, as text to show now and then.
///
/// Pure: gives the text and says when; ``ProgressBar`` writes it.
package struct Progress: Sendable {
    /// What the text is shown on.
    package enum Surface: Sendable {
        /// One line that is written over, at most ten times a second.
        case terminal
        /// Lines of their own, at most one in ten seconds.
        case plain
    }

    private let total: Int?
    private let surface: Surface
    private let start: ContinuousClock.Instant
    private var lastShown: ContinuousClock.Instant?

    /// Begins to count.
    ///
    /// - Parameter total: nil where it is not known beforehand, as with standard input.
    package init(total: Int?, surface: Surface, start: ContinuousClock.Instant = .now) {
        self.total = total
        self.surface = surface
        self.start = start
    }

    /// Notes how much is done.
    ///
    /// - Returns: what to write, nil where the last words are too fresh.
    package mutating func update(done: Int, failed: Int = 0, at now: ContinuousClock.Instant = .now) -> String? {
        let interval: Duration = surface == .terminal ? .milliseconds(100) : .seconds(10)
        let last = lastShown ?? (surface == .terminal ? nil : start)
        if let last, last.duration(to: now) < interval {
            return nil
        }
        lastShown = now
        return surface == .terminal ? "\r\(line(done, failed, now))\u{1B}[K" : line(done, failed, now) + "\n"
    }

    /// The last words.
    package func finish(done: Int, failed: Int = 0, at now: ContinuousClock.Instant = .now) -> String {
        surface == .terminal ? "\r\(line(done, failed, now))\u{1B}[K\n" : line(done, failed, now) + "\n"
    }

    private func line(_ done: Int, _ failed: Int, _ now: ContinuousClock.Instant) -> String {
        var parts: [String] = []
        if let total, total > 0 {
            let share = min(max(Double(done) / Double(total), 0), 1)
            let filled = Int(share * 24)
            let bar = String(repeating: "#", count: filled) + String(repeating: "·", count: 24 - filled)
            parts.append((surface == .terminal ? "[\(bar)] " : "") + "\(done)/\(total) \(Int(share * 100))%")
        } else {
            parts.append("\(done)")
        }
        if failed > 0 {
            parts.append("\(failed) failed")
        }
        let seconds = start.duration(to: now) / .seconds(1)
        if seconds >= 1, done > 0 {
            let rate = Double(done) / seconds
            parts.append("\(Int(rate))/s")
            if let total, done < total {
                parts.append(Self.clock(Double(total - done) / rate) + " left")
            }
        }
        return parts.joined(separator: ", ")
    }

    private static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(.up), 359_999))
        let rest = whole % 60
        return "\(whole / 60):\(rest < 10 ? "0" : "")\(rest)"
    }
}
