/// Delays between attempts: doubling up to a limit, each drawn from its upper half so that clients spread out.
package struct Backoff: Sendable {
    package let minimum: Duration
    package let maximum: Duration
    private var ceiling: Duration
    private var generator: any RandomNumberGenerator & Sendable

    /// Makes delays between half of the minimum and the maximum.
    ///
    /// - Parameter generator: where the jitter comes from; a seeded one makes the delays repeatable.
    package init(
        minimum: Duration = .milliseconds(100),
        maximum: Duration = .seconds(10),
        generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.minimum = minimum
        self.maximum = max(minimum, maximum)
        self.generator = generator
        ceiling = minimum
    }

    /// The delay before the next attempt.
    package mutating func next() -> Duration {
        let delay = ceiling * Double.random(in: 0.5...1, using: &generator)
        ceiling = min(ceiling * 2, maximum)
        return delay
    }

    /// Starts over, after a connection that proved good.
    package mutating func reset() {
        ceiling = minimum
    }
}
