/// Where a dead letter is on its way out.
package enum LetterState: Int16, Sendable, Hashable, CaseIterable {
    /// Waits for somebody to decide. Can transition to `replaying` and `discarded`.
    case kept = 0
    /// Belongs to a replay job, waiting or sent. Can transition to `replayed`, and back to `kept` when it failed again
    /// or the job let go of it.
    case replaying = 1
    /// A worker has done it. Can transition to `kept` if the same command dies again.
    case replayed = 2
    /// Put aside with a reason. Can transition to `kept`: by a restore, or if the same command dies again.
    case discarded = 3

    package var name: String {
        switch self {
        case .kept: "kept"
        case .replaying: "replaying"
        case .replayed: "replayed"
        case .discarded: "discarded"
        }
    }

    package init?(name: String) {
        guard let state = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = state
    }
}
