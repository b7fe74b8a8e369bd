package enum AuditOutcome: Int16, Sendable, Hashable, CaseIterable {
    case allowed = 0
    /// Not permitted.
    case refused = 1
    /// Permitted, and not done: not found, a conflict, an outage.
    case failed = 2

    package var name: String {
        switch self {
        case .allowed: "allowed"
        case .refused: "refused"
        case .failed: "failed"
        }
    }
}
