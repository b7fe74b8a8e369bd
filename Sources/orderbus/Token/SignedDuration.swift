import ArgumentParser

/// A duration as people write it, with a minus sign for the past: `1h`, `-5m`.
package struct SignedDuration: Sendable, Equatable, ExpressibleByArgument {
    package let duration: Duration

    package init(_ duration: Duration) {
        self.duration = duration
    }

    package init?(argument: String) {
        let isNegative = argument.hasPrefix("-")
        guard let duration = DurationText.parse(String(argument.dropFirst(isNegative ? 1 : 0))) else { return nil }
        self.duration = isNegative ? .zero - duration : duration
    }

    package var defaultValueDescription: String {
        duration < .zero ? "-" + DurationText.text(.zero - duration) : DurationText.text(duration)
    }
}
