/// Decides when a dependency's being away is worth a word: when it goes, now and then while it is gone, when it is back.
///
/// Pure: the caller gives the time and does the logging, see ``OutageLog``.
package struct Outage: Sendable {
    /// What to say about an observation.
    package enum Announcement: Sendable, Equatable {
        case entered
        /// Said at most once in the reminder interval.
        case ongoing(for: Duration)
        case left(after: Duration)
    }

    private let reminderInterval: Duration
    private var since: ContinuousClock.Instant?
    private var lastSaid: ContinuousClock.Instant?

    /// Begins with nothing known to be away.
    ///
    /// - Parameter reminderInterval: the least time between two words on one outage. Defaults to 5 minutes.
    package init(reminderInterval: Duration = .seconds(300)) {
        self.reminderInterval = reminderInterval
    }

    package var isOngoing: Bool { since != nil }

    /// Notes that the dependency was seen to be away, however often that happens.
    package mutating func observedAway(at now: ContinuousClock.Instant) -> Announcement? {
        guard let since else {
            since = now
            lastSaid = now
            return .entered
        }
        if let lastSaid, lastSaid.duration(to: now) < reminderInterval {
            return nil
        }
        lastSaid = now
        return .ongoing(for: since.duration(to: now))
    }

    /// Notes that the dependency was seen at work.
    package mutating func observedBack(at now: ContinuousClock.Instant) -> Announcement? {
        guard let since else { return nil }
        self.since = nil
        lastSaid = nil
        return .left(after: since.duration(to: now))
    }
}
