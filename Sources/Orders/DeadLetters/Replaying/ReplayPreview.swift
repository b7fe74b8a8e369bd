/// What a replay would do, had it been ordered at this moment.
package struct ReplayPreview: Sendable, Hashable {
    /// Letters that would be sent.
    package let count: Int
    /// Letters that were meant and are on hold, in another replay, replayed, or discarded.
    package let skipped: Int
    /// Letters without a caller, which could be sent on nobody's behalf: part of ``count``, and certain to fail.
    package let withoutCaller: Int
    package let sample: [LetterEntry]

    package init(count: Int, skipped: Int, withoutCaller: Int, sample: [LetterEntry]) {
        self.count = count
        self.skipped = skipped
        self.withoutCaller = withoutCaller
        self.sample = sample
    }
}
