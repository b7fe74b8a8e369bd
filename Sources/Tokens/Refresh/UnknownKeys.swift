/// The keys that tokens named and the issuer had not, as far as they are worth remembering.
///
/// Strangers choose these names, so there are at most so many. For those beyond, there is one answer: what the issuer did
/// not have lately is absent. Were each of them to wait for a fetch of its own, they could come again faster than fetches
/// are allowed, and would for ever.
struct UnknownKeys {
    private let capacity: Int
    /// When an undecided key was first seen: only a fetch begun since then decides it.
    private var waiting: [KeyID: ContinuousClock.Instant] = [:]
    /// Until when a key that the issuer does not have is refused unasked.
    private var absent: [KeyID: ContinuousClock.Instant] = [:]
    /// When the first of those may be asked for again.
    private var firstExpiry: ContinuousClock.Instant?
    /// A key for which there is no room waits for a fetch.
    private var areOthersWaiting = false
    /// Until when keys for which there is no room are refused unasked.
    private var othersAbsentUntil: ContinuousClock.Instant?

    init(capacity: Int) { self.capacity = max(capacity, 1) }

    /// Whether a fetch is owed to a key.
    var areWaiting: Bool { !waiting.isEmpty || areOthersWaiting }

    /// Notes that a token named a key; true if the issuer is known not to have it.
    mutating func isAbsent(_ keyID: KeyID, now: ContinuousClock.Instant) -> Bool {
        if waiting[keyID] != nil { return false }
        if let until = absent[keyID] {
            if now < until { return true }
            absent[keyID] = nil
        } else if !hasRoom(now: now) {
            if let othersAbsentUntil, now < othersAbsentUntil { return true }
            areOthersWaiting = true
            return false
        }
        waiting[keyID] = now
        return false
    }

    /// Decides all keys that were seen before a fetch began which has now brought the issuer's keys.
    ///
    /// Those for which there was no room are counted from the beginning of the fetch, because nobody knows when they were
    /// seen: a key that the issuer has published since is found once that is so long ago.
    mutating func decide(
        fetchedAt began: ContinuousClock.Instant,
        now: ContinuousClock.Instant,
        absence: Duration,
        isKnown: (KeyID) -> Bool
    ) {
        for (keyID, since) in waiting where since <= began || isKnown(keyID) {
            waiting[keyID] = nil
            absent[keyID] = now + absence
        }
        absent = absent.filter { now < $0.value && !isKnown($0.key) }
        firstExpiry = absent.values.min()
        areOthersWaiting = false
        othersAbsentUntil = began + absence
    }

    /// Gives up on the undecided keys: whoever still needs one names it again.
    mutating func forgetWaiting() {
        waiting = [:]
        areOthersWaiting = false
    }

    private mutating func hasRoom(now: ContinuousClock.Instant) -> Bool {
        if waiting.count + absent.count >= capacity, let firstExpiry, firstExpiry <= now {
            absent = absent.filter { now < $0.value }
            self.firstExpiry = absent.values.min()
        }
        return waiting.count + absent.count < capacity
    }
}
