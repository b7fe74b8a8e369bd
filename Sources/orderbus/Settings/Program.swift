/// The long-running programs in the one binary.
package enum Program: String, Sendable, CaseIterable {
    /// For producers.
    case worker
    /// For REST callers.
    case http
    /// For operators.
    case console

    /// The default of `ADMIN_PORT`.
    package var adminPort: Int {
        switch self {
        case .worker: 9464
        case .http: 9465
        case .console: 9466
        }
    }
}
