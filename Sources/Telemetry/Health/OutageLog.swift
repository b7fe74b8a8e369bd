import Logging
import Synchronization

/// Says in the log and in the readiness when one dependency goes and comes, once and not at every attempt.
package final class OutageLog: Sendable {
    private let dependency: String
    private let sink: LogSink
    private let readiness: Readiness
    private let outage: Mutex<Outage>

    /// Watches a dependency that ``Readiness`` knows by the same name.
    package init(
        dependency: String,
        sink: LogSink,
        readiness: Readiness,
        reminderInterval: Duration = .seconds(300)
    ) {
        self.dependency = dependency
        self.sink = sink
        self.readiness = readiness
        outage = Mutex(Outage(reminderInterval: reminderInterval))
    }

    /// Notes a failed attempt or a lost connection; to be called at each.
    ///
    /// - Parameter reason: the library's or the peer's own words, without secrets.
    package func away(reason: String, at now: ContinuousClock.Instant = .now) {
        readiness.set(dependency, .down, reason: reason)
        switch outage.withLock({ $0.observedAway(at: now) }) {
        case .entered:
            sink.record(.warning, "dependency is away", logger: "health") { line in
                line.field("dependency", dependency)
                line.field("reason", reason)
            }
        case .ongoing(let duration):
            sink.record(.warning, "dependency is still away", logger: "health") { line in
                line.field("dependency", dependency)
                line.field("reason", reason)
                line.field("away_seconds", duration.components.seconds)
            }
        case .left, nil:
            break
        }
    }

    /// Notes that the dependency works; to be called when a connection is made.
    package func back(at now: ContinuousClock.Instant = .now) {
        readiness.set(dependency, .up)
        guard case .left(let duration) = outage.withLock({ $0.observedBack(at: now) }) else { return }
        sink.record(.notice, "dependency is back", logger: "health") { line in
            line.field("dependency", dependency)
            line.field("away_seconds", Double(duration / .milliseconds(1)) / 1000)
        }
    }
}
