/// The decisions of a pool: who gets which connection, and when a broken one may be tried again.
///
/// Pure; the time comes from outside. Slots count from 0.
package struct PoolState {
    package typealias Instant = ContinuousClock.Instant

    package enum Slot: Hashable, Sendable {
        /// Can transition to: `leased`, from the given moment on (`nil`: at once).
        case free(notBefore: Instant?)
        /// Can transition to: `free`.
        case leased
    }

    package enum LeaseAction: Hashable, Sendable {
        case use(slot: Int)
        /// Wait for a turn; look again at the given moment even if nobody wakes the waiter.
        case wait(until: Instant?)
    }

    package private(set) var slots: [Slot]
    private var failures: [Int]
    private var waiters: [UInt64] = []
    private var lastWaiter: UInt64 = 0

    package init(size: Int) {
        slots = Array(repeating: .free(notBefore: nil), count: max(1, size))
        failures = Array(repeating: 0, count: max(1, size))
    }

    package var waiting: Int { waiters.count }

    /// A new waiter takes the last place in the queue.
    package mutating func joined() -> UInt64 {
        lastWaiter += 1
        waiters.append(lastWaiter)
        return lastWaiter
    }

    /// The waiter asks for a connection: on joining, when woken, and at the moment it was told.
    package mutating func asked(_ waiter: UInt64, now: Instant) -> LeaseAction {
        guard waiters.first == waiter else { return .wait(until: nil) }
        guard let slot = bestFreeSlot, case .free(let notBefore) = slots[slot] else { return .wait(until: nil) }
        if let notBefore, notBefore > now { return .wait(until: notBefore) }
        waiters.removeFirst()
        slots[slot] = .leased
        return .use(slot: slot)
    }

    /// A waiter gave up; the others may have to be woken.
    package mutating func gaveUp(_ waiter: UInt64) {
        waiters.removeAll { $0 == waiter }
    }

    /// A connection came back.
    ///
    /// A broken one rests, longer each time, so that a server in trouble is not besieged.
    ///
    /// - Parameter jitter: 0…1, spreads the retries of many pools.
    package mutating func returned(slot: Int, isBroken: Bool, now: Instant, jitter: Double) {
        guard slots.indices.contains(slot), slots[slot] == .leased else { return }
        guard isBroken else {
            failures[slot] = 0
            slots[slot] = .free(notBefore: nil)
            return
        }
        let backoff = min(Duration.milliseconds(50) * (1 << min(failures[slot], 10)), .seconds(5))
        failures[slot] += 1
        slots[slot] = .free(notBefore: now + backoff * (0.5 + min(max(jitter, 0), 1) / 2))
    }

    /// Whom to wake: the first in the queue, if there is something to have.
    package var nextToWake: UInt64? { bestFreeSlot == nil ? nil : waiters.first }

    /// The slot that may be used soonest; a healthy one before any that broke.
    private var bestFreeSlot: Int? {
        slots.indices
            .compactMap { slot -> (slot: Int, notBefore: Instant?)? in
                if case .free(let notBefore) = slots[slot] { (slot, notBefore) } else { nil }
            }
            .min { first, second in
                guard let second = second.notBefore else { return false }
                return first.notBefore.map { $0 < second } ?? true
            }?
            .slot
    }
}
