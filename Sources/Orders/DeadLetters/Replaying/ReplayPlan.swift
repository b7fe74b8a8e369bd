/// A replay as an operator ordered it.
package struct ReplayPlan: Sendable, Hashable {
    /// Chosen by whoever orders, so that a double click is one job.
    package let id: ReplayJobID
    package let selection: LetterSelection
    package let reason: String
    /// Messages a second, at most.
    package let rate: Double
    package let ladder: ReplayLadder
    package let stopRule: StopRule
    package let destination: ReplayDestination
    package let orderedBy: Operator
    package let orderedAt: Timestamp

    package static let rates: ClosedRange<Double> = 0.01...10_000
    package static let reasonLengths = 3...1000

    /// Makes a plan; a rate outside ``rates`` is drawn to the nearest inside.
    package init(
        id: ReplayJobID,
        selection: LetterSelection,
        reason: String,
        rate: Double = 50,
        ladder: ReplayLadder = ReplayLadder(),
        stopRule: StopRule = StopRule(),
        destination: ReplayDestination = .origin,
        orderedBy: Operator,
        orderedAt: Timestamp
    ) {
        self.id = id
        self.selection = selection
        self.reason = reason
        self.rate = rate.isFinite ? min(max(rate, Self.rates.lowerBound), Self.rates.upperBound) : 1
        self.ladder = ladder
        self.stopRule = stopRule
        self.destination = destination
        self.orderedBy = orderedBy
        self.orderedAt = orderedAt
    }
}
