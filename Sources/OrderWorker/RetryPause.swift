/// How long to wait before the next try of something that will come back: doubling, capped, jittered.
package struct RetryPause: Sendable {
    private let first: Duration
    private let most: Duration
    private var tries = 0

    /// Makes a sequence of pauses.
    ///
    /// - Parameters:
    ///   - first: the longest the first pause can be.
    ///   - most: the longest any pause can be.
    package init(first: Duration = .milliseconds(100), most: Duration = .seconds(5)) {
        self.first = first
        self.most = most
    }

    /// For a store that does not answer while commands are in hand.
    static var ofStore: RetryPause { RetryPause(first: .milliseconds(50), most: .seconds(2)) }

    /// The next pause: between half and the whole of the doubled one, so that many workers do not come in step.
    package mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
        let doubled = min(most, first * (1 << min(tries, 16)))
        tries += 1
        return doubled * Double.random(in: 0.5...1, using: &generator)
    }

    package mutating func next() -> Duration {
        var generator = SystemRandomNumberGenerator()
        return next(using: &generator)
    }

    package mutating func reset() {
        tries = 0
    }
}
