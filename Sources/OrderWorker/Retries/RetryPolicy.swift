internal import Orders

/// How often a command that fails for a reason of its own is tried, and after which pauses.
///
/// Pure. What never comes here: refusals, which are answered, and outages of ours, which are waited out.
enum RetryPolicy {
    enum Verdict: Hashable {
        case retry(after: RetryDelay)
        case bury
    }

    /// Why the store did not do a command that stood alone while others were done.
    enum Failure: Hashable {
        /// The same will fail again: what it holds cannot be stored.
        case lasting
        /// A lock, a deadlock, a time limit, an error of the database's own: it may pass.
        case passing
    }

    /// The pauses after the first attempt, the second, and so on.
    static let delays: [RetryDelay] = [.fiveSeconds, .thirtySeconds, .fiveMinutes]

    /// - Parameters:
    ///   - attempt: the number of the attempt that failed, from 1.
    ///   - isQuestion: whoever asked has gone by the time of a second answer.
    static func verdict(on failure: Failure, attempt: Int, isQuestion: Bool) -> Verdict {
        switch failure {
        case .lasting: .bury
        case .passing where isQuestion || attempt > delays.count: .bury
        case .passing: .retry(after: delays[max(1, attempt) - 1])
        }
    }
}
