package import Orders
internal import Synchronization

/// The tokens of operators who ordered or resumed a replay, in memory until they end.
package final class LentAuthority: ReplayAuthority {
    private struct Loan {
        let loan: ReplayLoan
        let expiresAt: Timestamp
    }

    /// What is sent must arrive before the token ends.
    private static let margin: Int64 = 5000

    private let loans = Mutex<[ReplayJobID: Loan]>([:])
    private let now: @Sendable () -> Timestamp

    package init(now: @escaping @Sendable () -> Timestamp) {
        self.now = now
    }

    package func loan(for job: ReplayJob) async -> ReplayLoan? {
        let earliest = Timestamp(milliseconds: now().milliseconds + Self.margin)
        return loans.withLock { loans in
            guard let loan = loans[job.id] else { return nil }
            guard loan.expiresAt > earliest else {
                loans[job.id] = nil
                return nil
            }
            return loan.loan
        }
    }

    func lend(_ identity: Identity, to job: ReplayJobID) {
        let lent = ReplayLoan(authorization: identity.authorization, lender: identity.who)
        let (loan, time) = (Loan(loan: lent, expiresAt: identity.expiresAt), now())
        loans.withLock { loans in
            loans = loans.filter { $0.value.expiresAt > time }
            loans[job] = loan
        }
    }

    func takeBack(from job: ReplayJobID) {
        loans.withLock { $0[job] = nil }
    }
}
