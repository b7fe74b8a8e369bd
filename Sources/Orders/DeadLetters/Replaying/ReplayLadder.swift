/// How many messages are sent before looking at what became of them: 1, 5, 25, 125 and so on.
package struct ReplayLadder: Sendable, Hashable {
    /// The sizes of the first steps, at least one and none smaller than the one before; each further step has the last.
    package let sizes: [Int]

    package static let limits = 1...10_000
    package static let stepLimit = 20

    /// Makes a ladder of these steps; `nil` if there are too many, or one is outside ``limits`` or smaller than the one
    /// before.
    package init?(sizes: [Int]) {
        let isGrowing = zip(sizes, sizes.dropFirst()).allSatisfy { $0 <= $1 }
        guard (1...Self.stepLimit).contains(sizes.count), isGrowing, sizes.allSatisfy(Self.limits.contains) else {
            return nil
        }
        self.sizes = sizes
    }

    /// Makes a ladder whose steps are multiplied until the largest; numbers outside ``limits`` are drawn to the nearest
    /// inside.
    package init(first: Int = 1, factor: Int = 5, most: Int = 1000) {
        let factor = min(max(factor, Self.limits.lowerBound), Self.limits.upperBound)
        var size = min(max(first, Self.limits.lowerBound), Self.limits.upperBound)
        let most = min(max(most, size), Self.limits.upperBound)
        var sizes = [size]
        while factor > 1, size < most {
            size = min(size * factor, most)
            sizes.append(size)
        }
        self.sizes = sizes
    }

    /// The size of a step, counted from 0.
    package func size(ofStep step: Int) -> Int {
        sizes[min(max(step, 0), sizes.count - 1)]
    }
}
