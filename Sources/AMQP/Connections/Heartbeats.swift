/// When a connection must say something, and when its peer has said nothing for too long.
struct Heartbeats {
    typealias Instant = ContinuousClock.Instant

    /// Why no heartbeat can go out, or would help.
    struct Hindrance {
        /// The broker does not read a blocked connection, and waits for no heartbeats meanwhile.
        var isBlocked: Bool
        /// A heartbeat could only wait behind what the peer has not taken yet.
        var hasUnsent: Bool

        fileprivate var prevails: Bool { isBlocked || hasUnsent }
    }

    /// As negotiated.
    let interval: Duration
    var lastSent: Instant
    var lastReceived: Instant

    init(every interval: Duration, from start: Instant) {
        self.interval = interval
        lastSent = start
        lastReceived = start
    }

    /// When there is something to do next.
    ///
    /// Never a moment that has passed and at which nothing can be done: whoever waits for it would not wait at all.
    func nextDuty(_ hindrance: Hindrance) -> Instant {
        hindrance.prevails ? silenceEnds : min(silenceEnds, nextBeat)
    }

    func isDue(_ hindrance: Hindrance, at now: Instant) -> Bool { !hindrance.prevails && now >= nextBeat }

    /// The peer has been silent for two heartbeats.
    func isPeerDead(at now: Instant) -> Bool { now >= silenceEnds }

    private var nextBeat: Instant { lastSent + interval / 2 }
    private var silenceEnds: Instant { lastReceived + interval * 2 }
}
