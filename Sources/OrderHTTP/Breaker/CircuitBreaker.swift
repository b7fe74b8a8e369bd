/// Stops asking a bus that does not answer, and finds out by itself when it does again.
///
/// Pure: the caller gives the time. What was admitted before the state last changed no longer changes it.
package struct CircuitBreaker: Sendable {
    package struct Settings: Sendable, Hashable {
        /// Failures in a row that open it.
        package var failureThreshold: Int
        /// How long it stays open the first time; doubled with each probe that fails.
        package var openTime: Duration
        /// How long it stays open at most.
        package var longestOpenTime: Duration

        package init(
            failureThreshold: Int = 5,
            openTime: Duration = .seconds(1),
            longestOpenTime: Duration = .seconds(10)
        ) {
            self.failureThreshold = failureThreshold
            self.openTime = openTime
            self.longestOpenTime = longestOpenTime
        }
    }

    package enum State: Sendable, Hashable {
        /// Everything is admitted. Can transition to `open` after failures in a row.
        case closed(failures: Int)
        /// Nothing is admitted. Can transition to `halfOpen` when the time is up.
        case open(until: ContinuousClock.Instant, for: Duration)
        /// One probe is out. Can transition to `closed` if it succeeds and to `open` if it fails.
        case halfOpen(since: ContinuousClock.Instant, openTime: Duration)
    }

    package enum Admission: Sendable, Hashable {
        /// To be given back with the outcome.
        case admitted(Ticket)
        case refused(retryAfter: Duration)
    }

    package struct Ticket: Sendable, Hashable {
        fileprivate let generation: Int
    }

    private let settings: Settings
    package private(set) var state = State.closed(failures: 0)
    private var generation = 0

    package init(settings: Settings = Settings()) {
        self.settings = settings
    }

    /// Whether a call would be admitted, without admitting it; the time to wait if not.
    package func refusal(at now: ContinuousClock.Instant) -> Duration? {
        switch state {
        case .closed: nil
        case .open(let until, _): now < until ? now.duration(to: until) : nil
        // A probe whose outcome never came must not keep everyone out for ever.
        case .halfOpen(let since, let time): since.duration(to: now) < time ? time - since.duration(to: now) : nil
        }
    }

    package mutating func admit(at now: ContinuousClock.Instant) -> Admission {
        if let wait = refusal(at: now) { return .refused(retryAfter: wait) }
        switch state {
        case .closed: break
        case .open(_, let time), .halfOpen(_, let time): change(to: .halfOpen(since: now, openTime: time))
        }
        return .admitted(Ticket(generation: generation))
    }

    package mutating func succeeded(_ ticket: Ticket) {
        guard ticket.generation == generation else { return }
        switch state {
        case .open: break
        case .closed: state = .closed(failures: 0)
        case .halfOpen: change(to: .closed(failures: 0))
        }
    }

    package mutating func failed(_ ticket: Ticket, at now: ContinuousClock.Instant) {
        guard ticket.generation == generation else { return }
        switch state {
        case .closed(let failures) where failures + 1 < settings.failureThreshold:
            state = .closed(failures: failures + 1)
        case .closed:
            open(for: settings.openTime, at: now)
        case .halfOpen(_, let time):
            open(for: min(time * 2, settings.longestOpenTime), at: now)
        case .open:
            break
        }
    }

    private mutating func open(for time: Duration, at now: ContinuousClock.Instant) {
        change(to: .open(until: now + time, for: time))
    }

    private mutating func change(to state: State) {
        self.state = state
        generation += 1
    }
}
