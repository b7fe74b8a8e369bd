/// How long a watch bears with a console that does not answer.
///
/// Pure: the caller waits.
package struct WatchPatience: Sendable {
    /// Twenty seconds: a console that starts again, or a database that changes hands, takes less.
    private static let limit = 20
    package static let pause = Duration.seconds(1)

    private var failures = 0

    package init() {}

    /// - Returns: whether to ask again after ``pause``.
    package mutating func failed(_ error: ConsoleError) -> Bool {
        failures += 1
        return error.isPassing && failures <= Self.limit
    }
}
