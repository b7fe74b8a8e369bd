package import Orders

/// How the outbox relay works.
package struct RelayConfiguration: Sendable {
    /// How long the first event waits for others to be published, confirmed and deleted with it.
    package var linger: Duration = .zero
    /// Events published, then deleted, in one go: so many that a busy broker's slow confirms do not hold the relay back.
    ///
    /// By bytes, thousands of ordinary ones, and a few of the largest.
    package var batchLimit = EventLimit(count: 2000, bytes: 2 << 20)
    /// Events kept in memory while the broker is slow; the rest is read from the outbox later.
    package var bufferLimit = EventLimit(count: 20_000, bytes: 16 << 20)
    /// How soon after a failure the outbox is looked through.
    package var tick: Duration = .seconds(3)
    /// How rarely it is looked through otherwise, for what a dead worker left.
    package var ticksBetweenSweeps = 10
    /// Younger events are left to whoever has them in memory; must be shorter than a tick.
    package var minimumAge: Duration = .seconds(2)
    /// How long the last events are tried when the worker ends while the broker does not answer.
    package var lastChance: Duration = .seconds(2)

    package init() {}
}
