/// The keys that tokens named and the issuer had not, as far as they are worth remembering.
///
/// Strangers choose these names, so there are at most so many; the first seen is forgotten first.
struct UnknownKeys {
    private let capacity: Int
    /// When an undecided key was first seen: only a fetch begun since then decides it.
    private var waiting: [KeyID: ContinuousClock.Instant] = [:]
    /// Until when a key that the issuer does not have is refused unasked.
    private var absent: [KeyID: ContinuousClock.Instant] = [:]
    /// All of them, in the order of their first sight.
    private var order: [KeyID] = []

    init(capacity: Int) { self.capacity = max(capacity, 1) }

    var count: Int { order.count }

    /// Whether a fetch is owed to a key.
    var areWaiting: Bool { !waiting.isEmpty }

    /// Notes that a token named a key; true if the issuer is known not to have it.
    mutating func isAbsent(_ keyID: KeyID, now: ContinuousClock.Instant) -> Bool {
        if waiting[keyID] != nil { return false }
        if let until = absent[keyID] {
            if now < until { return true }
            absent[keyID] = nil
        } else {
            makeRoom()
            order.append(keyID)
        }
        waiting[keyID] = now
        return false
    }

    /// Decides all keys that were seen before a fetch began which has now brought the issuer's keys.
    mutating func decide(
        fetchedAt began: ContinuousClock.Instant,
        absentUntil: ContinuousClock.Instant,
        isKnown: (KeyID) -> Bool
    ) {
        for (keyID, since) in waiting where since <= began || isKnown(keyID) {
            waiting[keyID] = nil
            absent[keyID] = absentUntil
        }
        absent = absent.filter { !isKnown($0.key) }
        forgetUnlisted()
    }

    /// Gives up on the undecided keys: whoever still needs one names it again.
    mutating func forgetWaiting() {
        waiting = [:]
        forgetUnlisted()
    }

    private mutating func makeRoom() {
        guard order.count >= capacity, let oldest = order.first else { return }
        order.removeFirst()
        waiting[oldest] = nil
        absent[oldest] = nil
    }

    private mutating func forgetUnlisted() {
        order.removeAll { waiting[$0] == nil && absent[$0] == nil }
    }
}
