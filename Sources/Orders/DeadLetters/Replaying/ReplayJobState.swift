/// Where a replay job is in its life.
package enum ReplayJobState: Int16, Sendable, Hashable, CaseIterable {
    /// A runner sends it, or will as soon as one is free. Can transition to all others.
    case running = 0
    /// An operator halted it. Can transition to `running` and `cancelled`.
    case paused = 1
    /// It halted itself, because too much failed again. Can transition to `running` and `cancelled`.
    case stopped = 2
    /// The end: what was not sent was let go.
    case cancelled = 3
    /// The end: everything was sent and has a result.
    case finished = 4

    package var name: String {
        switch self {
        case .running: "running"
        case .paused: "paused"
        case .stopped: "stopped"
        case .cancelled: "cancelled"
        case .finished: "finished"
        }
    }

    package init?(name: String) {
        guard let state = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = state
    }

    package var successors: [ReplayJobState] {
        switch self {
        case .running: [.paused, .stopped, .cancelled, .finished]
        case .paused, .stopped: [.running, .cancelled]
        case .cancelled, .finished: []
        }
    }

    package func canBecome(_ next: ReplayJobState) -> Bool { successors.contains(next) }
}
