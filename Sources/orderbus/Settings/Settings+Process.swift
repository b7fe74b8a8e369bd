import FoundationEssentials

extension Settings {
    /// The process's own environment.
    package static var environment: [String: String] { ProcessInfo.processInfo.environment }
}
