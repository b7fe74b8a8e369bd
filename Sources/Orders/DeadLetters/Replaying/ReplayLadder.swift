/// How many messages are sent before looking at what became of them: 1, 5, 25, 125 and so on.
package struct ReplayLadder: Sendable, Hashable {
    /// The size of the first step, at least 1.
    package let first: Int
    /// What each step is multiplied by for the next, at least 1.
    package let factor: Int
    /// The size that no step exceeds.
    package let most: Int

    package static let limits = 1...10_000

    /// Makes a ladder; numbers outside ``limits`` are drawn to the nearest inside.
    package init(first: Int = 1, factor: Int = 5, most: Int = 1000) {
        self.first = min(max(first, Self.limits.lowerBound), Self.limits.upperBound)
        self.factor = min(max(factor, Self.limits.lowerBound), Self.limits.upperBound)
        self.most = min(max(most, self.first), Self.limits.upperBound)
    }

    /// The size of a step, counted from 0.
    package func size(ofStep step: Int) -> Int {
        var size = first
        for _ in 0..<max(0, step) {
            guard size < most else { break }
            size *= factor
            if factor == 1 { break }
        }
        return min(size, most)
    }
}
