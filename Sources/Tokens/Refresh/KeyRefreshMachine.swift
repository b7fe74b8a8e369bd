/// Decides when to fetch keys; knows no clock, no source and no keys.
///
/// One fetch at a time. Its time comes with age, after a failure, or because of unknown keys, which share an allowance.
package struct KeyRefreshMachine {
    package typealias Instant = ContinuousClock.Instant

    package enum Action: Equatable {
        case fetch
        /// The last good keys are too old to be trusted any longer.
        case dropKeys
        case sleep(until: Instant)
    }

    package enum Answer: Equatable {
        /// A fetch is under way or about to begin: ask again when it has ended.
        case wait
        case absent
        /// The fetch that decides is not allowed yet; it will be made.
        case unavailable
    }

    private let settings: KeyRefreshSettings
    private var bucket: TokenBucket
    private var unknown: UnknownKeys
    private var fetchBegan: Instant?
    /// When the next fetch is due whatever is asked for.
    private var due: Instant
    private var failures = 0
    /// When the last good keys must be given up; nil while there are none.
    private var dropAt: Instant?

    package init(settings: KeyRefreshSettings, now: Instant) {
        self.settings = settings
        bucket = TokenBucket(capacity: settings.burst, interval: settings.refill, now: now)
        unknown = UnknownKeys(capacity: settings.unknownKeys)
        due = now
    }

    /// What to do now; `.fetch` counts as begun.
    package mutating func next(now: Instant) -> Action {
        if let dropAt, dropAt <= now {
            self.dropAt = nil
            return .dropKeys
        }
        if due <= now || unknown.areWaiting && bucket.take(now: now) {
            fetchBegan = now
            return .fetch
        }
        var wake = due
        if unknown.areWaiting { wake = min(wake, bucket.nextAllowed()) }
        if let dropAt { wake = min(wake, dropAt) }
        return .sleep(until: wake)
    }

    /// A token named a key that the set at hand has not.
    package mutating func unknownKeySeen(_ keyID: KeyID, now: Instant) -> Answer {
        if unknown.isAbsent(keyID, now: now) { return .absent }
        // A fetch under way may bring the key even if it began too early to say that there is none.
        return fetchBegan != nil || due <= now || bucket.nextAllowed() <= now ? .wait : .unavailable
    }

    /// A fetch brought a good key set.
    package mutating func fetchSucceeded(maxAge: Duration?, isKnown: (KeyID) -> Bool, now: Instant) {
        let began = fetchBegan ?? now
        fetchBegan = nil
        failures = 0
        let bounds = settings.refreshAgeBounds
        due = now + min(max(maxAge ?? settings.refreshAge, bounds.lowerBound), bounds.upperBound)
        dropAt = now + settings.maximumStaleness
        unknown.decide(fetchedAt: began, now: now, absence: settings.absence, isKnown: isKnown)
    }

    /// A fetch failed, or brought no usable key set.
    package mutating func fetchFailed(now: Instant) {
        fetchBegan = nil
        unknown.forgetWaiting()
        let doublings = min(failures, 16)
        failures += 1
        due = now + min(settings.firstRetry * (1 << doublings), settings.slowestRetry)
    }
}
