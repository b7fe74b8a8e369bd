internal import Orders

/// Deliveries of letters that could not be kept, neither acknowledged nor handed back.
///
/// A queue delivers at once what it is handed back, counts that, and in the end drops the letter: so they are held for a
/// while. The end of the connection gives all of them back.
struct HeldLetters {
    /// Shorter than the broker lets a delivery be unacknowledged: 30 minutes, by default.
    static let time = Duration.seconds(600)
    /// Far fewer than the broker delivers ahead, so that the others still come.
    static let limit = 100
    static let handBackPause = Duration.seconds(1)

    private var letters: [(mark: DeliveryMark, since: Duration)] = []

    var isEmpty: Bool { letters.isEmpty }

    mutating func hold(_ marks: [DeliveryMark], at now: Duration) {
        letters += marks.map { ($0, now) }
    }

    /// Lets go of those that were held long enough, and of the oldest if there are too many.
    mutating func takeDue(at now: Duration) -> [DeliveryMark] {
        let old = letters.prefix { now - $0.since >= Self.time }.count
        let count = max(old, letters.count - Self.limit)
        defer { letters.removeFirst(count) }
        return letters.prefix(count).map(\.mark)
    }
}
