/// What an operator can tell a job.
package enum ReplayControl: String, Sendable, Hashable, CaseIterable {
    case pause
    case resume
    case cancel

    /// The state that it asks for.
    package var state: ReplayJobState {
        switch self {
        case .pause: .paused
        case .resume: .running
        case .cancel: .cancelled
        }
    }
}
