import ArgumentParser

/// How a command shows its result: `--output table|json`.
package enum OutputFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// Columns for people.
    case table
    /// JSON for programs.
    case json
}
