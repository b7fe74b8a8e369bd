package import Orders

/// A clock that stands still until a test moves it.
package final class ManualClock: Sendable {
    private struct State: Sendable {
        var uptime: Duration = .zero
        /// When each sleeping task wants to be woken.
        var deadlines: [UInt64: Duration] = [:]
        var nextSleeper: UInt64 = 0
        /// How long each sleep was asked to last, in the order in which they began.
        var requested: [Duration] = []

        mutating func fallAsleep(for duration: Duration) -> UInt64 {
            nextSleeper += 1
            requested.append(duration)
            deadlines[nextSleeper] = uptime + duration
            return nextSleeper
        }
    }

    private let state = Watched(State())
    private let start: Timestamp

    /// Makes a clock that shows the given moment until it is moved.
    package init(start: Timestamp = Timestamp(milliseconds: 1_766_785_510_123)) {
        self.start = start
    }

    /// The moment, for what is stored.
    package var now: Timestamp {
        let (seconds, attoseconds) = uptime.components
        return Timestamp(milliseconds: start.milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    /// How far the clock was moved so far.
    package var uptime: Duration { state.current.uptime }

    /// How long each sleep was asked to last, in the order in which they began.
    package var requestedSleeps: [Duration] { state.current.requested }

    /// Waits until the clock was moved far enough, or the task is cancelled.
    package func sleep(_ duration: Duration) async {
        let id = state.change { $0.fallAsleep(for: duration) }
        await state.wait { state in
            guard let deadline = state.deadlines[id], state.uptime >= deadline else { return nil as Void? }
            return ()
        }
        _ = state.change { $0.deadlines.removeValue(forKey: id) }
    }

    /// Moves the clock, and wakes those whose time has come.
    package func advance(by duration: Duration) {
        state.change { $0.uptime += duration }
    }

    /// Waits until so many tasks sleep at the same time.
    package func waitForSleepers(_ count: Int = 1) async {
        await state.wait { state in
            let asleep = state.deadlines.values.count { $0 > state.uptime }
            return asleep >= count ? () : nil
        }
    }

    /// Waits until somebody sleeps, then moves the clock to the moment at which the first of them wakes.
    package func advanceToNextSleeper() async {
        await state.wait { state in
            guard let next = state.deadlines.values.filter({ $0 > state.uptime }).min() else { return nil as Void? }
            state.uptime = next
            return ()
        }
    }

    /// Moves the clock over every sleep, one after the other, as long as the body runs.
    package func hurry(during body: () async -> Void) async {
        let driver = Task {
            while !Task.isCancelled {
                await advanceToNextSleeper()
                // The sleepers' turn.
                await Task.yield()
            }
        }
        await body()
        driver.cancel()
        await driver.value
    }
}
