/// Who waits for which reply until when: bounded, and free of I/O.
///
/// `Waiter` is whoever is to be told; each is given out once.
struct ReplyTable<Waiter> {
    private struct Place {
        let waiter: Waiter
        let wait: Duration
        var deadline: ContinuousClock.Instant
        var isConfirmed = false
    }

    private var places: [UInt64: Place] = [:]
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { places.count }

    /// Opens a place for one reply.
    ///
    /// - Parameters:
    ///   - deadline: when to give up if the broker has not confirmed by then, which the publisher tells sooner as a rule.
    ///   - wait: how long the reply is waited for after the confirm; zero asks for none.
    /// - Returns: false if there is no room.
    mutating func open(
        _ id: UInt64,
        _ waiter: Waiter,
        until deadline: ContinuousClock.Instant,
        waiting wait: Duration
    ) -> Bool {
        guard places.count < limit else { return false }
        places[id] = Place(waiter: waiter, wait: wait, deadline: deadline)
        return true
    }

    /// The broker has the message: the wait for the reply begins.
    ///
    /// - Returns: who is to be told, if no reply was asked for.
    mutating func confirm(_ id: UInt64, at now: ContinuousClock.Instant) -> Waiter? {
        guard let place = places[id] else { return nil }
        guard place.wait > .zero else { return close(id) }
        places[id]?.isConfirmed = true
        places[id]?.deadline = now + place.wait
        return nil
    }

    func isConfirmed(_ id: UInt64) -> Bool { places[id]?.isConfirmed ?? false }

    /// Closes a place; `nil` if it is closed already.
    mutating func close(_ id: UInt64) -> Waiter? {
        places.removeValue(forKey: id)?.waiter
    }

    /// Closes the places whose time is up.
    ///
    /// - Parameter tell: called for each, with whether the broker had confirmed.
    mutating func expire(at now: ContinuousClock.Instant, _ tell: (Waiter, _ isConfirmed: Bool) -> Void) {
        for (id, place) in places where place.deadline <= now {
            places[id] = nil
            tell(place.waiter, place.isConfirmed)
        }
    }

    /// Closes the places of confirmed messages: replies will not come, because the queue for them is gone.
    mutating func abandonConfirmed(_ tell: (Waiter) -> Void) {
        for (id, place) in places where place.isConfirmed {
            places[id] = nil
            tell(place.waiter)
        }
    }
}
