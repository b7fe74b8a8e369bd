/// What to do with a command that keeps coming back unsettled, because it may be what ends the worker.
///
/// The broker's own count knows no culprit: all that a worker has in hand when it dies is counted. So a suspect is
/// handled with nothing else in hand, and whoever is then found first by the next worker is the one.
package enum RedeliveryRule {
    /// From so many returns on a command is read and handled alone.
    ///
    /// One return is everyday life: a restart, a lost connection.
    package static let suspectReturns = 2
    /// From so many on the culprit is buried; far below the broker's delivery limit of 50, which would bury its
    /// neighbours as well.
    package static let burialReturns = 10

    /// From so many on not even its token is looked at before: that may be what it ends the worker with.
    package static let blindBurialReturns = 15

    package static func isSuspect(returns: Int) -> Bool {
        returns >= suspectReturns
    }

    /// Whether a suspect is given up unread.
    ///
    /// - Parameter isFirstOfProcess: it is the first suspect that this process would handle. Later ones came back for
    ///   other reasons too: this process has lived through their last return.
    package static func mustBury(returns: Int, isFirstOfProcess: Bool) -> Bool {
        isFirstOfProcess && returns >= burialReturns
    }
}
