/// What to do with a command that keeps coming back unsettled, because it may be what ends the worker.
///
/// The broker's own count knows no culprit: all that a worker has received when it dies is counted. So suspects are
/// handled apart from all others, at first in groups, and a ``SuspectLedger`` counts the processes that ended meanwhile.
/// Who was in hand then is handled alone from there on, and alone the culprit is certain.
package enum RedeliveryRule {
    /// From so many returns on a command is a suspect.
    ///
    /// One return is everyday life: a restart, a lost connection.
    package static let suspectReturns = 2
    /// How many suspects are handled together, as long as no process has ended with any of them: after a crash there
    /// may be thousands, nearly all of them innocent.
    package static let groupLimit = 100
    /// From so many processes on that ended with it in hand it is buried unread; with the returns before that, far below
    /// the broker's delivery limit of 50, which would bury its neighbours as well.
    package static let burialDeaths = 8
    /// From so many on not even its token is looked at before: that may be what it ends the worker with.
    package static let blindBurialDeaths = 12

    package enum Verdict: Hashable, Sendable {
        case read
        case bury
        /// Without a look even at its token.
        case buryBlind
    }

    package static func isSuspect(returns: Int) -> Bool {
        returns >= suspectReturns
    }

    /// How many of the suspects to handle next, from the first on.
    ///
    /// - Parameter deaths: of each, at least one.
    package static func groupSize(_ deaths: ArraySlice<Int>) -> Int {
        max(1, deaths.prefix(groupLimit).prefix { $0 == 0 }.count)
    }

    /// - Parameter deaths: how many processes ended with it in hand.
    package static func verdict(afterDeaths deaths: Int) -> Verdict {
        switch deaths {
        case ..<burialDeaths: .read
        case ..<blindBurialDeaths: .bury
        default: .buryBlind
        }
    }
}
