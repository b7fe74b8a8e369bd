internal import Synchronization

/// Bounds the requests that are being answered at one time, and counts those that were turned away.
package final class Gate: Sendable {
    private let limit: Int
    private let inside = Atomic<Int>(0)
    private let turnedAway = Atomic<Int>(0)

    package init(limit: Int) {
        self.limit = limit
    }

    /// - Returns: false if there are too many; ``leave()`` must follow only on true.
    package func enter() -> Bool {
        if inside.add(1, ordering: .relaxed).newValue <= limit { return true }
        inside.subtract(1, ordering: .relaxed)
        turnedAway.add(1, ordering: .relaxed)
        return false
    }

    package func leave() {
        inside.subtract(1, ordering: .relaxed)
    }

    package var count: Int { inside.load(ordering: .relaxed) }
    package var shedCount: Int { turnedAway.load(ordering: .relaxed) }
}
