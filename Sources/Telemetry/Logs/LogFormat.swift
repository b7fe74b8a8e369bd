/// How a log record looks on its line.
package enum LogFormat: String, Sendable, CaseIterable {
    /// One JSON object a line, for machines.
    case json
    /// Time, level, message and `key=value`, for people.
    case pretty
}
